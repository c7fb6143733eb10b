import type { SubjectOf, SubjectType } from '../../spec/check-spec.ts';
import type { FactsOf } from '../facts/facts-of.ts';

/** One matcher: what is said with it, and two sights of the subject, of which one is as it is said. */
export interface Row {
  readonly type: SubjectType;
  readonly matcher: string;
  /** As a user writes it. */
  readonly given: readonly unknown[];
  readonly right: object;
  readonly wrong: object | 'missing';
  /** The sentence without its subject, and its opposite. */
  readonly says: string;
  readonly denies: string;
  /** What is told of the wrong one. */
  readonly found: string;
}

type Sight<T extends SubjectType> = readonly [
  call: readonly [matcher: string, ...given: unknown[]],
  right: FactsOf[T],
  wrong: FactsOf[T] | 'missing',
  says: string,
  denies: string,
  found: string,
];

export const rows = <T extends SubjectType>(type: T, ...sights: readonly Sight<T>[]): readonly Row[] =>
  sights.map(([[matcher, ...given], right, wrong, says, denies, found]) => ({
    type,
    matcher,
    given,
    right,
    wrong,
    says,
    denies,
    found,
  }));

/** What was not found is told as it was told. */
export const missing = 'missing';

const at = { database: 'shop', user: 'postgres', port: 5432 };

/** One subject of each type, and how it is called. */
export const samples: { readonly [T in SubjectType]: readonly [of: SubjectOf<T>, spelled: string] } = {
  file: [{ type: 'file', path: '/app' }, '/app'],
  directory: [{ type: 'directory', path: '/app' }, 'directory /app'],
  mount: [{ type: 'mount', path: '/data' }, 'what is at /data'],
  disk: [{ type: 'disk', path: '/' }, 'the disk of /'],
  user: [{ type: 'user', name: 'app' }, 'user app'],
  group: [{ type: 'group', name: 'app' }, 'group app'],
  command: [{ type: 'command', command: ['node', '-v'] }, '`node -v`'],
  package: [{ type: 'package', name: 'nginx' }, 'package nginx'],
  image: [{ type: 'image' }, 'the image'],
  custom: [
    { type: 'custom', name: 'redis', words: ['clients'], command: ['redis-cli', 'info'], parse: 'pairs' },
    'redis clients',
  ],
  process: [{ type: 'process', name: 'node' }, 'process node'],
  environment: [{ type: 'environment', name: 'NODE_ENV' }, 'variable NODE_ENV'],
  'kernel-parameter': [{ type: 'kernel-parameter', name: 'vm.swappiness' }, 'kernel parameter vm.swappiness'],
  memory: [{ type: 'memory' }, 'the memory'],
  unit: [{ type: 'unit', name: 'ssh' }, 'unit ssh'],
  cron: [{ type: 'cron', user: 'root' }, 'cron of root'],
  log: [{ type: 'log' }, 'the log'],
  container: [{ type: 'container' }, 'the container'],
  port: [{ type: 'port', port: 53, protocol: 'udp' }, 'UDP port 53'],
  interface: [{ type: 'interface', name: 'eth0' }, 'interface eth0'],
  route: [{ type: 'route', to: '10.0.0.0/8' }, 'the route to 10.0.0.0/8'],
  firewall: [{ type: 'firewall', table: 'filter', chain: 'INPUT' }, 'chain INPUT of table filter'],
  http: [{ type: 'http', port: 8080, path: '/healthz' }, 'GET /healthz on port 8080'],
  url: [
    {
      type: 'url',
      url: { $ref: { of: 'service/door', what: 'url', rest: '/' } },
      request: { method: 'HEAD', headers: { accept: 'text/html' } },
    },
    'HEAD {url of door}/ with accept: text/html',
  ],
  tcp: [{ type: 'tcp', host: 'db', port: 5432 }, 'TCP port 5432 of db'],
  udp: [{ type: 'udp', host: 'log', port: 514, send: 'ping' }, 'UDP port 514 of log, sent "ping",'],
  dns: [{ type: 'dns', name: 'shop.example', record: 'MX' }, 'MX of shop.example'],
  certificate: [{ type: 'certificate', host: 'shop.example', port: 443 }, 'the certificate of shop.example'],
  latency: [{ type: 'latency', url: 'tcp://db:5432', samples: 20 }, 'the latency of tcp://db:5432'],
  postgres: [{ type: 'postgres', at }, 'PostgreSQL'],
  'postgres-query': [{ type: 'postgres-query', at, query: 'select 1' }, '`select 1` in database shop'],
  'postgres-role': [{ type: 'postgres-role', at, name: 'app' }, 'role app'],
  'postgres-extension': [{ type: 'postgres-extension', at, name: 'pgcrypto' }, 'extension pgcrypto of database shop'],
  'postgres-setting': [{ type: 'postgres-setting', at, name: 'fsync' }, 'setting fsync'],
  listening: [{ type: 'listening' }, 'it'],
  processes: [{ type: 'processes' }, 'it'],
  mounts: [{ type: 'mounts' }, 'it'],
};
