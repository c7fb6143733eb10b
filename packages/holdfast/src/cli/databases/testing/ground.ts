import { setTimeout as pause } from 'node:timers/promises';
import type Docker from 'dockerode';
import { sha256 } from '../../../kit/hash.ts';
import { randomId } from '../../../kit/id.ts';
import { address } from '../../../model/address.ts';
import { labels, type Scope } from '../../../model/identity.ts';
import type { DatabaseDesire, ExtensionDesire, RoleDesire } from '../../../ports/desires.ts';
import type { Desired, Provider, Seen } from '../../../ports/provider.ts';
import { dockerDatabaseServers } from '../../../providers/docker/database-servers.ts';
import { openWorkbench } from '../../../providers/docker/testing/workbench.ts';
import { postgresProviders } from '../../../providers/postgres/index.ts';
import { takeInPostgres } from './image.ts';
import { revealing } from './reveal.ts';

const start = `
set -e
PATH=/usr/lib/postgresql/15/bin:$PATH
data=/var/lib/postgresql/data
[ -e $data/PG_VERSION ] || initdb -D $data --encoding UTF8 --locale C.UTF-8 --auth-local peer --auth-host scram-sha-256 --no-sync >/dev/null
echo 'host all all all scram-sha-256' >>$data/pg_hba.conf
[ -z "$STANDBY" ] || : >$data/standby.signal
exec postgres -D $data -c listen_addresses='*' -c unix_socket_directories=/run/postgresql -c fsync=off "$@"`;

/** Answers within this, or the test fails. */
const patience = 120_000;

/** Real servers in containers, and the providers of what is inside of them. */
export async function openServers(part: string) {
  const bench = await openWorkbench(part);
  const { host, scope } = bench;
  const image = `${scope.system}:postgres`;
  await takeInPostgres(host.docker, image);
  const secrets = new Map<string, string>();
  const reveal = revealing(secrets);
  const providersOf = (of: Scope, home = of, patience?: number) => {
    const all = postgresProviders({
      engine: 'local',
      scope: of,
      servers: { members: () => dockerDatabaseServers(host).members(home) },
      instances: bench.inside,
      reveal,
      ...(patience !== undefined && { patience }),
    });
    const [databases, roles, extensions] = all as [
      Provider<DatabaseDesire>,
      Provider<RoleDesire>,
      Provider<ExtensionDesire>,
    ];
    return { databases, roles, extensions };
  };
  const desire = <S>(kind: string, name: string, spec: S): Desired<S> => ({
    address: address(kind, name),
    kind,
    engine: 'local',
    uid: randomId(),
    name,
    spec,
  });
  const place = (cluster = 'db') => ({ cluster, formerClusters: [] });
  return {
    ...bench,
    secrets,
    reveal,
    providersOf,
    ...providersOf(scope),
    /** Starts a server of a cluster; resolves when it answers. */
    async serve(cluster = 'db', { settings = [], environment = scope.environment, standby }: ServeOptions = {}) {
      const uid = randomId();
      const container = await host.docker.createContainer({
        name: bench.handMade(`${cluster}-${uid}`),
        Image: image,
        User: '999:999',
        Entrypoint: ['sh', '-c', start, 'start'],
        Cmd: settings.flatMap(setting => ['-c', setting]),
        Env: standby ? ['STANDBY=yes'] : [],
        Labels: {
          [labels.uid]: uid,
          [labels.kind]: 'instance',
          [labels.system]: scope.system,
          [labels.environment]: environment,
          [labels.bornAs]: `instance/${cluster}.1`,
          'holdfast.cluster': cluster,
        },
      });
      await container.start();
      const seen = { id: container.id, name: cluster, kind: 'instance', engine: 'local' } as Seen;
      const sql = async (text: string, database = 'postgres'): Promise<string> => {
        const command = [
          '/usr/lib/postgresql/15/bin/psql',
          '-XqAt',
          '-h',
          '/run/postgresql',
          '-v',
          'ON_ERROR_STOP=1',
          '-d',
          database,
          '-f',
          '-',
        ];
        const { exitCode, stdout, stderr } = await bench.inside.run(seen, command, undefined, text);
        if (exitCode !== 0) throw new Error(stderr);
        return stdout.trim();
      };
      const server: Server = {
        container,
        seen,
        sql,
        address: async () => Object.values((await container.inspect()).NetworkSettings.Networks)[0]?.IPAddress ?? '',
        logs: async () => String(await container.logs({ stdout: true, stderr: true })),
      };
      await answers(server);
      return server;
    },
    role: (name: string, spec: Partial<RoleDesire> = {}) =>
      desire<RoleDesire>('role', name.toLowerCase(), { ...place(), name, memberOf: [], ...spec }),
    login: (group: string, secret: string, value: string, more: LoginMore = {}) => {
      secrets.set(secret, value);
      secrets.set(`${secret}-mark`, mark(value));
      return desire<RoleDesire>('role', `${group}-login`, {
        ...place(more.cluster),
        name: group,
        memberOf: [group],
        login: {
          name: { value: { $text: [group, '_', { $secret: `${secret}-mark` }] }, seal: mark(value) },
          password: { value: { $secret: secret }, seal: mark(value) },
          ...(more.connections !== undefined && { connections: more.connections }),
        },
      });
    },
    database: (name: string, owner: string, cluster?: string) =>
      desire<DatabaseDesire>('database', name, { ...place(cluster), name, owner }),
    extension: (name: string, database: string, { cluster, version }: { cluster?: string; version?: string } = {}) =>
      desire<ExtensionDesire>('extension', name, { ...place(cluster), name, database, ...(version && { version }) }),
  };
}

export type Servers = Awaited<ReturnType<typeof openServers>>;

interface ServeOptions {
  /** As in `log_statement=all`. */
  readonly settings?: readonly string[];
  readonly environment?: string;
  readonly standby?: boolean;
}

interface LoginMore {
  readonly connections?: number;
  readonly cluster?: string;
}

export interface Server {
  readonly container: Docker.Container;
  readonly seen: Seen;
  /** By hand, as the superuser. */
  sql(text: string, database?: string): Promise<string>;
  address(): Promise<string>;
  logs(): Promise<string>;
}

/** Stands for what tells generations of a secret apart. */
export const mark = (value: string): string => sha256(`mark${value}`).slice(0, 8);

export async function answers(
  server: Pick<Server, 'sql' | 'logs' | 'container'>,
  since = performance.now(),
): Promise<void> {
  try {
    await server.sql('select 1');
  } catch (error) {
    const { State } = await server.container.inspect();
    if (!State.Running || performance.now() - since > patience) throw new Error(await server.logs(), { cause: error });
    await pause(100);
    await answers(server, since);
  }
}
