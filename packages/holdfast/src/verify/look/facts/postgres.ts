import type { Json } from '../../../kit/json.ts';
import type {
  ExtensionFacts,
  PostgresFacts,
  QueryFacts,
  RoleFacts,
  SettingFacts,
} from '../../../model/assertion/facts/postgres.ts';
import type { CommandFacts } from '../../../model/assertion/facts/software.ts';
import type { PostgresPlace, SubjectOf } from '../../../model/spec/subject-spec.ts';
import type { Glance } from './glance.ts';

/** Asks one question with PostgreSQL's own program, in a transaction that may not write. */
const asking = ({ database, user, port }: PostgresPlace, sql: string): readonly string[] => [
  'env',
  'PGOPTIONS=-c default_transaction_read_only=on -c statement_timeout=30s',
  'PGCONNECT_TIMEOUT=5',
  'psql',
  ...['-X', '-q', '-A', '-t', '-w', '-v', 'ON_ERROR_STOP=1', '-F', column, '-R', row],
  ...['-p', String(port), '-U', user, '-d', database, '-c', sql],
];

/** What no text is likely to have in it: the separators that ASCII has for this. */
const [column, row] = ['\x1f', '\x1e'] as const;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Who may not read the status of the receiver still sees that there is one. */
const followsSql = `exists (select from pg_stat_wal_receiver where coalesce(status, 'streaming') = 'streaming')`;

/** A standby that is cut off has replayed all that it received: only one that streams can tell how far it is behind. */
const serverSql = `select json_build_object(
  'version', split_part(current_setting('server_version'), ' ', 1),
  'isStandby', pg_is_in_recovery(),
  'follows', case when pg_is_in_recovery() then ${followsSql} end,
  'lag', case
    when not pg_is_in_recovery() then
      (select max(coalesce(extract(epoch from replay_lag) * 1000, 0)) from pg_stat_replication where state <> 'backup')
    when not ${followsSql} then null
    when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
    else extract(epoch from now() - pg_last_xact_replay_timestamp()) * 1000 end,
  'standbys', (select coalesce(json_agg(json_build_object('name', application_name,
    'synchronous', sync_state in ('sync', 'quorum')) order by application_name), '[]')
    from pg_stat_replication where state = 'streaming'))`;

const roleSql = (name: string): string => `select json_build_object('superuser', rolsuper, 'login', rolcanlogin,
  'replication', rolreplication, 'createRole', rolcreaterole, 'createDatabase', rolcreatedb,
  'memberOf', (select coalesce(json_agg(other.rolname order by other.rolname), '[]') from pg_auth_members as of
    join pg_roles as other on other.oid = of.roleid where of.member = pg_roles.oid))
  from pg_roles where rolname = ${quoted(name)}`;

const extensionSql = (name: string): string =>
  `select json_build_object('version', extversion) from pg_extension where extname = ${quoted(name)}`;

const settingSql = (name: string): string =>
  `select json_build_object('value', current_setting(name), 'pendingRestart', pending_restart)
  from pg_settings where name = lower(${quoted(name)})`;

/** Columns in their order, also those of one name; what PostgreSQL itself explains or shows is no table. */
const querySql = (query: string): string =>
  isTable(query)
    ? `select coalesce(json_agg(cells), '[]') from (select (select coalesce(json_agg(value), '[]')
      from json_each(row_to_json(one))) as cells from (${query.replace(/;\s*$/, '')}\n) as one limit ${mostRows}) as all_rows`
    : query;

const mostRows = 1_000;
const isTable = (query: string): boolean => !/^\s*(show|explain)\b/i.test(query);

export const serverCommand = ({ at }: SubjectOf<'postgres'>) => asking(at, serverSql);
export const queryCommand = ({ at, query }: SubjectOf<'postgres-query'>) => asking(at, querySql(query));
export const roleCommand = ({ at, name }: SubjectOf<'postgres-role'>) => asking(at, roleSql(name));
export const extensionCommand = ({ at, name }: SubjectOf<'postgres-extension'>) => asking(at, extensionSql(name));
export const settingCommand = ({ at, name }: SubjectOf<'postgres-setting'>) => asking(at, settingSql(name));

/** A server that takes no connection is known not to take any. */
export function serverIn(said: CommandFacts): Glance<PostgresFacts> {
  if (said.exitCode === notConnected) return { missing: firstOf(said) };
  const told = answerIn<PostgresFacts & { readonly lag: number | null; readonly follows: boolean | null }>(said);
  if (!('facts' in told)) return told;
  const { lag, follows, ...facts } = told.facts;
  return { facts: { ...facts, ...(follows !== null && { follows }), ...(lag !== null && { lag }) } };
}

export const roleIn = (said: CommandFacts): Glance<RoleFacts> => answerIn(said);
export const extensionIn = (said: CommandFacts): Glance<ExtensionFacts> => answerIn(said);
export const settingIn = (said: CommandFacts): Glance<SettingFacts> => answerIn(said);

export function queryIn(said: CommandFacts, { query }: SubjectOf<'postgres-query'>): Glance<QueryFacts> {
  if (said.exitCode !== 0) return refusal(said);
  if (isTable(query)) return { facts: { rows: JSON.parse(said.stdout) as readonly (readonly Json[])[] } };
  const rows = said.stdout
    .replace(/\n$/, '')
    .split(row)
    .map(line => line.split(column));
  return { facts: { rows: rows.slice(0, mostRows) } };
}

function answerIn<F>(said: CommandFacts): Glance<F> {
  if (said.exitCode !== 0) return refusal(said);
  const text = said.stdout.trim();
  return text === '' ? { missing: 'it has none of this name' } : { facts: JSON.parse(text) as F };
}

/** The exit codes of psql, and of a shell that has none. */
const notConnected = 2;
const notFound = 127;

const refusal = (said: CommandFacts): { readonly unknown: string } => ({
  unknown: said.exitCode === notFound ? 'there is no `psql` in it to ask with' : firstOf(said),
});

const firstOf = ({ stderr, exitCode }: CommandFacts): string =>
  stderr.trim().split('\n').slice(0, 2).join(' ') || `psql exits with ${exitCode}`;
