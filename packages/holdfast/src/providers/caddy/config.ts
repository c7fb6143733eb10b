import { z } from 'zod';
import { edgeInside } from '../../model/edge-inside.ts';
import type { RouteTable, Upstream } from '../../ports/desires.ts';

/** A switch's whole configuration, in Caddy's own JSON. Pure; {@link tableOf} reads it back. */
export const switchConfig = (table: readonly RouteTable[]) => ({
  admin: {
    listen: `unix/${edgeInside.runtime}/{env.TURN}.admin`,
    origins: [edgeInside.statusHost],
    config: { persist: false },
  },
  logging: { logs: { default: { level: 'WARN' } } },
  apps: {
    http: {
      grace_period: '1s',
      servers: {
        switch: {
          listen: [`unix/${edgeInside.runtime}/{env.TURN}.sock`],
          automatic_https: { disable: true },
          protocols: ['h1'],
          routes: [...table.toSorted(longestPathFirst).map(route), { handle: [nothingThere(table)] }],
        },
      },
    },
  },
});

const longestPathFirst = (a: RouteTable, b: RouteTable): number => b.path.length - a.path.length;

const route = ({ host, path, upstreams }: RouteTable) => ({
  match: [{ host: [host], path: path.endsWith('/') ? [`${path}*`] : [path, `${path}/*`] }],
  handle: [{ handler: 'subroute', routes: upstreams.length > 0 ? ways(upstreams) : [{ handle: [nobodyThere] }] }],
  terminal: true,
});

/**
 * Caddy 2.6 can't send a body again whose connection failed: the second try fails as well and is held against an
 * instance that is well. So only what has no body is tried again; see docs/decisions/edge.md.
 */
const ways = (upstreams: readonly Upstream[]) => [
  { match: [{ method: ['GET', 'HEAD', 'OPTIONS'] }], handle: [{ ...proxy(upstreams), ...balance({ again: true }) }] },
  { handle: [{ ...proxy(upstreams), ...balance({ again: false }) }] },
];

const balance = ({ again }: { again: boolean }) => ({
  load_balancing: {
    selection_policy: { policy: 'round_robin' },
    ...(again && { try_duration: '5s', try_interval: '100ms' }),
  },
});

const proxy = (upstreams: readonly Upstream[]) => ({
  handler: 'reverse_proxy',
  upstreams: upstreams.map(dial => ({ dial })),
  transport: {
    protocol: 'http',
    compression: false,
    // A busy server's full queue drops the request for a connection, and the kernel asks again after a second (RFC 6298,
    // 2.1). Who gives up before that loses a POST, and holds it against an instance that is well.
    dial_timeout: '2s',
    // Below what servers wait (gunicorn 2 s, Node 5 s), so that none closes a connection just as we send on it.
    keep_alive: { idle_timeout: '1s', max_idle_conns_per_host: 32, probe_interval: '30s' },
  },
  // The front has set these; a switch, whose client is a socket, would take them away.
  headers: { request: { set: Object.fromEntries(forwarded.map(name => [name, [`{http.request.header.${name}}`]])) } },
  // Where there is no other to ask, waiting for the one serves better than refusing in its name. Less than half of what
  // is tried again: a stall of a second that marked all of them must not outlast it.
  ...(upstreams.length > 1 && { health_checks: { passive: { fail_duration: '2s', max_fails: 3 } } }),
});

const forwarded = ['X-Forwarded-For', 'X-Forwarded-Proto', 'X-Forwarded-Host'];

const say = (status_code: number, body: string) => ({
  handler: 'static_response',
  status_code,
  headers: { 'Content-Type': ['text/plain; charset=utf-8'] },
  body: `${body}\n`,
});

const nobodyThere = say(503, 'no instance is ready');

const nothingThere = (table: readonly RouteTable[]) =>
  table.length > 0 ? say(404, 'nothing is served here') : say(503, 'no routes yet');

const handler = z.object({
  handler: z.string(),
  upstreams: z.array(z.object({ dial: z.templateLiteral([z.string(), ':', z.number()]) })).default([]),
});
const rows = z.array(
  z.object({
    match: z.tuple([z.object({ host: z.tuple([z.string()]), path: z.tuple([z.string()], z.string()) })]),
    handle: z.tuple([z.object({ routes: z.tuple([z.object({ handle: z.tuple([handler]) })], z.unknown()) })]),
  }),
);
const loaded = z.object({
  apps: z.object({
    http: z.object({ servers: z.object({ switch: z.object({ routes: z.array(z.unknown()) }) }) }),
  }),
});

/** The table that a switch's configuration holds; throws a ZodError for one that is not of {@link switchConfig}. */
export function tableOf(config: unknown): readonly RouteTable[] {
  const { routes } = loaded.parse(config).apps.http.servers.switch;
  return rows.parse(routes.slice(0, -1)).map(({ match: [{ host, path }], handle: [{ routes: within }] }) => ({
    host: host[0],
    path: path[0].replace(/\*$/, ''),
    upstreams: within[0].handle[0].upstreams.map(({ dial }) => dial),
  }));
}
