import { type Duration, isDuration, toMilliseconds } from '../kit/duration.ts';
import { address } from '../model/address.ts';
import { isHandle } from '../model/declaration/handle.ts';
import type { CommonOptions } from '../model/declaration/options.ts';
import { edgeInside } from '../model/edge-inside.ts';
import { type ImageHandle, image } from '../model/image.ts';
import type { NetworkHandle } from '../model/network.ts';
import { probe } from '../model/probe.ts';
import { debian } from '../model/recipe/debian.ts';
import { packages } from '../model/recipe/steps.ts';
import { type Ref, refTo } from '../model/ref.ts';
import { type RouteTable, routes } from '../model/routes.ts';
import { isHostName } from '../model/rules.ts';
import type { LimitOptions } from '../model/run.ts';
import { service } from '../model/service.ts';
import { isPort, type PortHandle, ServiceHandle } from '../model/service-handle.ts';
import { clientPort, firstTable, frontConfig } from './edge/caddy.ts';
import { runScript, turnScript } from './edge/scripts.ts';

export interface EdgeOptions extends CommonOptions {
  /**
   * With `caddy` (2.6 or newer) and the usual commands of a shell, such as Caddy's own image. Default: an image of the
   * edge's name, baked of Debian's package caddy.
   */
  readonly image?: ImageHandle;
  /** The one network that it shares with what it leads to; or several. */
  readonly network?: NetworkHandle;
  readonly networks?: readonly NetworkHandle[];
  /** By host name a port, or ports by path prefix: `{ [env.domain]: { '/': web.port('http'), '/api': api.port('http') } }`. */
  readonly routes: EdgeRoutes;
  /** How long an instance that leaves may take to finish what it has. Default `'10s'`. */
  readonly drain?: Duration;
  readonly limits?: LimitOptions;
  /** How much of the time it is there, of itself: `'99.95%'`. See the one of a service. */
  readonly availability?: string;
}

export type EdgeRoutes = Readonly<Record<string, PortHandle | Readonly<Record<`/${string}`, PortHandle>>>>;

const ports = { http: clientPort, status: edgeInside.statusPort };

/** Stands for a declared edge. */
export class EdgeHandle extends ServiceHandle<'http'> {
  constructor(name: string) {
    super(name, { replicas: 1, ports });
  }

  /** `host:port` at which the world reaches it. */
  get address(): Ref<string> {
    return refTo(address('service', this.name), 'address');
  }

  /** An address for browsers and probes, with the first host of its routes: `http://shop.example/checkout`. */
  url(path: `/${string}` = '/'): Ref<string> {
    return refTo(address('service', this.name), 'url', path);
  }
}

/**
 * The way in: the one service that takes a host port. It leads each request to an instance that is ready, and loses
 * none while instances come and go. Services inside reach each other through it too, by the host names of its routes.
 */
export function edge(name: string, options: EdgeOptions): EdgeHandle {
  const { routes: table, drain = '10s', ...rest }: EdgeOptions = Object(options);
  const { image = caddyImage(name, rest) } = rest;
  service(name, { ...rest, image, ...inside(drain), aliases: Object.keys(Object(table)).filter(isHostName) });
  const handle = new EdgeHandle(name);
  routes(name, { ...common(rest), edge: handle, routes: flat(table), drain });
  return handle;
}

/** Renamed with its edge. */
const caddyImage = (name: string, { engine, movedFrom }: CommonOptions): ImageHandle =>
  image(name, {
    base: debian('bookworm', { packages: ['ca-certificates'] }),
    steps: [packages(['caddy'])],
    ...(engine !== undefined && { engine }),
    ...(movedFrom !== undefined && { movedFrom }),
  });

/** What the instance is made of, whatever its routes. */
function inside(drain: Duration) {
  const patience = isDuration(drain) ? toMilliseconds(drain) : 0;
  return {
    entrypoint: ['sh'],
    command: ['/etc/holdfast/edge/run'],
    user: '10080:10080',
    env: { HOME: edgeInside.runtime, XDG_CONFIG_HOME: edgeInside.runtime, XDG_DATA_HOME: edgeInside.runtime },
    files: {
      '/etc/holdfast/edge/run': runScript,
      [edgeInside.turn]: turnScript,
      '/etc/holdfast/edge/front.json': JSON.stringify(frontConfig(patience)),
      '/etc/holdfast/edge/first.json': JSON.stringify(firstTable()),
    },
    // Caddy's own image lets its binary bind low ports, and a binary with such a right only starts where it may have it.
    capabilities: ['NET_BIND_SERVICE'],
    ports,
    publish: ['http'],
    health: probe.http('status', '/current/config', { interval: '250ms' }),
    stop: { grace: `${patience + 5_000}ms` },
  } as const;
}

const common = ({ engine, movedFrom, needs }: CommonOptions): CommonOptions => ({
  ...(engine !== undefined && { engine }),
  ...(movedFrom !== undefined && { movedFrom }),
  ...(needs !== undefined && { needs }),
});

/** With host and path in one key. What is no table of ports stays as it is, for `routes` to say what is wrong with it. */
function flat(table: EdgeRoutes): RouteTable {
  const entries = Object.entries(Object(table) as EdgeRoutes).flatMap(([host, to]): [string, PortHandle][] =>
    isByPath(to) ? Object.entries(to).map(([path, port]) => [`${host}${path}`, port]) : [[host, to]],
  );
  return table === undefined ? table : Object.fromEntries(entries);
}

const isByPath = (to: EdgeRoutes[string]): to is Exclude<EdgeRoutes[string], PortHandle> =>
  typeof to === 'object' && to !== null && !isPort(to) && !isHandle(to) && Object.keys(to).length > 0;
