import { exitCode, Problem } from '../../../kit/problem.ts';
import type { InstanceState } from '../../../ports/desires.ts';
import type { CommandResult, Instances } from '../../../ports/instances.ts';
import type { Seen } from '../../../ports/provider.ts';
import { parameter, target } from '../sql/quote.ts';

/** The server is not there, or went away while it was asked. */
export class Lost extends Problem {}

/**
 * Where psql is: in Debian the one in the path is a script that looks for it, and for an interpreter of its own. Other
 * images have it in the path.
 */
const program = 'PATH="$(echo /usr/lib/postgresql/*/bin):$PATH" && exec psql "$@"';

const flags = [
  '--no-psqlrc',
  '--quiet',
  '--no-align',
  '--tuples-only',
  '--set=ON_ERROR_STOP=1',
  // A statement with a verifier in it is not quoted in what is told of its failure.
  '--set=VERBOSITY=terse',
  '--file=-',
];

/**
 * What a session of ours is set to, whatever the server, the database or its owner have set: nothing of it is logged,
 * no function of others is called in place of PostgreSQL's own, and nothing is waited for without end.
 */
const settings: Readonly<Record<string, string>> = {
  log_statement: 'none',
  log_duration: 'off',
  log_min_duration_statement: '-1',
  log_min_duration_sample: '-1',
  log_transaction_sample_rate: '0',
  log_min_error_statement: 'panic',
  'pg_stat_statements.track': 'none',
  'pg_stat_statements.track_utility': 'off',
  'pgaudit.log': 'none',
  search_path: 'pg_catalog',
  standard_conforming_strings: 'on',
  default_transaction_read_only: 'off',
  lock_timeout: '20s',
  statement_timeout: '60s',
  idle_in_transaction_session_timeout: '60s',
};

const options = Object.entries(settings)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ');

const connection = (database: string): string =>
  Object.entries({
    host: '/run/postgresql',
    port: '5432',
    user: 'postgres',
    dbname: database,
    application_name: 'holdfast',
    client_encoding: 'UTF8',
    connect_timeout: '10',
    options,
  })
    .map(([name, value]) => `${name}=${parameter(value)}`)
    .join(' ');

/** Goes on in another database. A command of psql. */
export const connectTo = (database: string): string => `\\connect -reuse-previous=off ${target(connection(database))}`;

/** Runs a script in a database of a server, as its superuser by its socket. What it prints; throws {@link Lost}. */
export async function psql(
  { instances, server, database }: { instances: Instances; server: Seen; database: string },
  script: string,
  signal: AbortSignal,
): Promise<string> {
  const command = ['sh', '-c', program, 'psql', ...flags, `--dbname=${connection(database)}`];
  // It ends at \q, also where the way to the engine can't say that the input has ended.
  const result = await instances.run(server, command, signal, `${script}\n\\q\n`).catch(async error => {
    signal.throwIfAborted();
    throw (await isUp(instances, server)) ? error : lost(server);
  });
  if (result.exitCode === 0) return result.stdout.trim();
  throw failed(result, server);
}

const isUp = async (instances: Instances, server: Seen): Promise<boolean> =>
  ((await instances.look(server))?.state as InstanceState | undefined)?.running ?? false;

const lost = ({ name }: Seen, why = 'it does not run'): Lost =>
  new Lost({ what: `PostgreSQL in ${name} does not answer`, where: name, why, exit: exitCode.failed, retry: true });

/** From here on an exit code says that a command was killed, and psql is when its container is. */
const killed = 128;

/** The exit codes of psql: 2 where the connection was not made or was lost, 3 where a statement failed. */
function failed({ exitCode: code, stderr }: CommandResult, server: Seen): Problem {
  const { name } = server;
  const said = stderr.trim().replaceAll(/^psql:<stdin>:\d+: /gm, '');
  const parts = { where: name, ...(said !== '' && { why: said }), exit: exitCode.failed };
  if (code === 2 || code > killed) return lost(server, said);
  if (code === 3) return new Problem({ ...parts, what: `PostgreSQL in ${name} refuses what is asked of it` });
  return new Problem({
    ...parts,
    what: `psql can't be run in ${name}: it ended with exit code ${code}`,
    fix: 'its image needs psql, and the user that it runs as must be "postgres" to the server',
  });
}
