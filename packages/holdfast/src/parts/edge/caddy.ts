import { edgeInside } from '../../model/edge-inside.ts';

/** The port that clients ask, inside the instance. Unprivileged in a container: Docker allows all from 0 on. */
export const clientPort = 80;

/**
 * Never reloaded: a reload closes idle connections of clients, and a request that was just sent on one is lost. So it
 * knows no table; it passes all to the switch that serves, on a connection of its own each time.
 */
export const frontConfig = (drain: number) => ({
  admin: { disabled: true },
  logging,
  apps: {
    http: {
      grace_period: `${drain}ms`,
      servers: {
        front: server(`:${clientPort}`, [{ handle: [pass(`${edgeInside.runtime}/current.sock`)] }]),
        status: server(`:${edgeInside.statusPort}`, [
          told('upstreams', '/reverse_proxy/upstreams'),
          told('config', '/config/'),
          { handle: [{ handler: 'static_response', status_code: 404 }] },
        ]),
      },
    },
  },
});

/** What a new edge serves until it is given its table. */
export const firstTable = () => ({
  admin: {
    listen: `unix/${edgeInside.runtime}/{env.TURN}.admin`,
    origins: [edgeInside.statusHost],
    config: { persist: false },
  },
  logging,
  apps: { http: { servers: { switch: server(`unix/${edgeInside.runtime}/{env.TURN}.sock`, [noRoutes]) } } },
});

const logging = { logs: { default: { level: 'WARN' } } };

const server = (listen: string, routes: readonly object[]) => ({
  listen: [listen],
  automatic_https: { disable: true },
  protocols: ['h1'],
  routes,
});

const pass = (socket: string, more: object = {}) => ({
  handler: 'reverse_proxy',
  upstreams: [{ dial: `unix/${socket}` }],
  load_balancing: { try_duration: '5s', try_interval: '50ms' },
  transport: { protocol: 'http', compression: false, keep_alive: { enabled: false } },
  ...more,
});

/** One thing that a switch's administration tells, of the turn that the path names. */
const told = (what: string, uri: string) => ({
  match: [{ method: ['GET'], path_regexp: { name: 'turn', pattern: `^/([0-9a-z-]+)/${what}$` } }],
  handle: [
    pass(`${edgeInside.runtime}/{http.regexp.turn.1}.admin`, {
      load_balancing: {},
      rewrite: { uri },
      headers: { request: { set: { Host: [edgeInside.statusHost] } } },
    }),
  ],
  terminal: true,
});

const noRoutes = { handle: [{ handler: 'static_response', status_code: 503, body: 'no routes yet\n' }] };
