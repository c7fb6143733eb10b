import { setTimeout as pause } from 'node:timers/promises';
import type { Project, Telling } from '../../harness.ts';
import { type Container, containersOf, runInContainer } from '../containers.ts';
import type { FarMachine } from './far-machine.ts';

/** What kind of database it is. */
export interface Kind {
  /** Default 0. */
  readonly standbys?: number;
  /** Who keeps its backups. Default: a volume. */
  readonly far?: FarMachine;
  /** How many full backups stay. Default 4. */
  readonly keep?: number;
}

/** One with backups that are taken when the story says so. */
const systemOf = ({ standbys = 0, far, keep = 4 }: Kind): string => `import {
  ${['network', 'postgres', 'system', ...(far?.imports ?? [])].join(', ')}
} from 'holdfast';

export default system('NAME', () => {${far?.declared ?? ''}
  postgres('db', {
    network: network('lan'),
    standbys: ${standbys},
    ${far?.needs ?? ''}
    backups: { full: '30d', diff: '30d', keep: ${keep}, ${far?.ssh ?? ''} },
    settings: { archive_timeout: 0 },
  });
});
`;

/** A database with rows that count, on a real engine. */
export interface BackedUp {
  readonly project: Project;
  /** Asks the server that leads. */
  sql(query: string): Promise<string>;
  /** Takes a backup; gives its label. */
  backup(type: 'full' | 'diff'): Promise<string>;
  /** Puts so many rows into \`orders\`. */
  order(rows: number): Promise<void>;
  /** Runs a line of shell in the server that leads. */
  shell(line: string): Promise<string>;
  /** All that the repository lists, once it lists a backup that was taken without being asked for. */
  listed(): Promise<Listed>;
  /** All files of the repository: path, size, time, mode and SHA-256. */
  repository(): Promise<string>;
}

/** As pgBackRest tells it. */
export interface Listed {
  readonly backup: readonly { readonly label: string; readonly archive: { readonly start: string } }[];
  readonly archive: readonly { readonly min: string }[];
}

export async function backedUpDatabase(telling: Telling, kind: Kind = {}): Promise<BackedUp> {
  const project = await telling.project({ system: systemOf(kind) });
  if (kind.far) await project.piped(kind.far.key, 'secret', 'set', 'far-key');
  const { seconds } = await project.must('up', '--yes');
  telling.say(`the database is up after ${seconds.toFixed(1)} s`);
  const shell: BackedUp['shell'] = async line => runInContainer(await leaderOf(project), 'sh', '-c', line);
  const sql: BackedUp['sql'] = async query => runInContainer(await leaderOf(project), ...psql, query);
  await listed(shell);
  await sql('create table orders (id bigserial primary key, customer text, placed timestamptz default now())');
  return {
    project,
    sql,
    shell,
    backup: async type =>
      JSON.parse(await shell(`holdfast-backup ${type} 2>/tmp/why || { cat /tmp/why; exit 1; }`)).label,
    order: async rows => {
      await sql(`insert into orders (customer) select md5(random()::text) from generate_series(1, ${rows})`);
    },
    listed: () => listed(shell),
    repository: () =>
      shell(
        "cd /var/lib/pgbackrest && find . -type f -printf '%p %s %T@ %m ' -exec sh -c 'sha256sum <$0' {} ';' | sort",
      ),
  };
}

/** The container of the server that leads. */
async function leaderOf({ name }: Project): Promise<string> {
  const all = await containersOf(name, { environment: 'local' });
  const servers = all.filter(({ slot, running }) => running && /^db(-\d+)?\.1$/.test(slot));
  const stands = ({ id }: Container) => runInContainer(id, ...psql, 'select pg_is_in_recovery()').catch(String);
  const found = await Promise.all(servers.map(stands));
  const leader = servers[found.indexOf('f')];
  if (leader) return leader.id;
  throw new Error(`nobody leads: ${found.join('; ')}`);
}

/** The agent takes the first backup of a database without being asked. */
async function listed(shell: BackedUp['shell'], deadline = Date.now() + 180_000): Promise<Listed> {
  const [all] = JSON.parse(await shell('holdfast-backup info'));
  if (all.backup.length > 0) return all;
  if (Date.now() > deadline) throw new Error('the agent took no backup in three minutes');
  await pause(1_000);
  return listed(shell, deadline);
}

const psql = [
  ...['psql', '--pset', 'pager=off', '--host', '/run/postgresql', '--dbname', 'db'],
  ...['--tuples-only', '--no-align', '--command'],
];

/** Asks the server that a restore made. */
export async function sqlOfRestored({ name }: Project, server: string, query: string): Promise<string> {
  const all = await containersOf(name, { environment: 'local.restored' });
  const found = all.find(({ slot }) => slot === `${server}.1`);
  if (!found) throw new Error(`there is no restored server ${server}: ${all.map(({ slot }) => slot).join(', ')}`);
  return runInContainer(found.id, ...psql, query);
}

/** How many rows, and what is in them. */
export const sumOfOrders = "select count(*) || ' rows, ' || md5(string_agg(orders::text, ' ' order by id)) from orders";

/** The present second, which is over when it is given. */
export async function noteSecond({ sql }: BackedUp): Promise<string> {
  await pause(1_000);
  const now = await sql('select to_char(now() at time zone \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS"Z"\')');
  await pause(1_000);
  return now;
}
