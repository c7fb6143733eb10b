import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../kit/problem.ts';
import type { ClusterSpec } from '../model/spec/cluster-spec.ts';
import type { CommandResult, Instances } from '../ports/instances.ts';
import type { Seen } from '../ports/provider.ts';
import { spellTarget } from './asked.ts';
import { type BackupSet, type Inventory, readInventory } from './backup-sets.ts';

/** How far a restore came, as the server tells it. */
export interface Recovered {
  /** Whether the moment that was asked for was reached: else the archive ends, or can't be read, before it. */
  readonly reached: boolean;
  /** ISO 8601. Absent where nothing was committed after the backup. */
  readonly lastCommit?: string;
  /** The segment of the archive that was the last to be read. */
  readonly lastWal: string;
}

/** What is asked of a server that is made of a backup. */
export interface RestoredServer {
  readonly seen: Seen;
  /** What the repository has. */
  list(): Promise<Inventory>;
  /** What is there already; undefined while nothing whole is. */
  present(): Promise<Recovered | undefined>;
  /** Makes the cluster of the backup and the archive. Throws an {@link UnreadableBackup} where the backup is not whole. */
  restore(set: BackupSet, to: number | undefined): Promise<Recovered>;
  /** Resolves when it answers a query. */
  answers(): Promise<void>;
  /** Rows by table, `database.schema.table`. */
  count(): Promise<Readonly<Record<string, number>>>;
}

/** A backup that can't be restored: an older one may be. */
export class UnreadableBackup extends Problem {}

/** How a command inside says that the backup itself is to blame. */
const unreadable = 3;
/** How long a server may take from a cluster that is whole to its first answer, in milliseconds. */
const patience = { atMost: 60_000, between: 50 };

export interface Inside {
  readonly instances: Instances;
  readonly cluster: Pick<ClusterSpec, 'superuser' | 'socket'>;
  readonly signal: AbortSignal;
}

/** The commands that a server is asked by: `parts/postgres` puts them there. */
export function restoredServer(seen: Seen, { instances, cluster, signal }: Inside): RestoredServer {
  const run = (...command: readonly string[]): Promise<CommandResult> => instances.run(seen, command, signal);
  const ask = (sql: string, database = 'postgres'): Promise<CommandResult> =>
    run(...['psql', '--host', cluster.socket, '--username', cluster.superuser, '--no-psqlrc'], ...plain, sql, database);
  return {
    seen,
    list: async () => readInventory(must(await run('holdfast-backup', 'info'), 'the backups can not be listed')),
    async present() {
      const told = must(await run('holdfast-restore'), 'the server does not say what it has');
      return told === '' ? undefined : JSON.parse(told);
    },
    restore: async (set, to) => {
      const moment = to === undefined ? [] : [spellTarget(to)];
      return recovered(set, await run('holdfast-restore', set.label, ...moment));
    },
    answers: () => untilWell(() => ask('select 1')),
    async count() {
      const databases: string[] = JSON.parse(must(await ask(itsDatabases), 'its databases can not be listed'));
      const counts = await Promise.all(
        databases.map(async name => prefixed(name, must(await ask(rowsByTable, name), `${name} can not be counted`))),
      );
      return Object.assign({}, ...counts);
    },
  };
}

const plain = ['--tuples-only', '--no-align', '--command'];

const itsDatabases = "select json_agg(datname) from pg_database where datallowconn and datname not like 'template%'";

const rowsByTable = `select coalesce(json_object_agg(schemaname || '.' || relname,
  (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I.%I', schemaname, relname), false, true, '')))[1]::text::bigint
  order by schemaname, relname), '{}') from pg_stat_user_tables`;

const prefixed = (database: string, json: string): Record<string, number> =>
  Object.fromEntries(Object.entries<number>(JSON.parse(json)).map(([table, rows]) => [`${database}.${table}`, rows]));

function recovered({ label }: BackupSet, { exitCode, stdout, stderr }: CommandResult): Recovered {
  if (exitCode === 0) return JSON.parse(stdout);
  const parts = { why: reasonIn(stderr), evidence: stderr.trim().split('\n').slice(-20) };
  if (exitCode === unreadable) throw new UnreadableBackup({ what: `backup ${label} can't be read`, ...parts });
  throw new Problem({ what: `backup ${label} was read, and PostgreSQL does not recover from it`, ...parts });
}

/** The first error that is told, without the words around it. */
const reasonIn = (said: string): string =>
  /^ERROR: (.*)$/m.exec(said)?.[1] ?? /(?:FATAL|PANIC): +(.*)$/m.exec(said)?.[1] ?? 'it gives no reason';

function must({ exitCode, stdout, stderr }: CommandResult, what: string): string {
  if (exitCode === 0) return stdout.trim();
  throw new Problem({ what, why: stderr.trim().split('\n').at(-1) ?? '' });
}

async function untilWell(ask: () => Promise<CommandResult>): Promise<void> {
  for (let left = patience.atMost; ; left -= patience.between) {
    const answer = await ask();
    if (answer.exitCode === 0) return;
    if (left <= 0) must(answer, 'the restored server does not answer');
    await pause(patience.between);
  }
}
