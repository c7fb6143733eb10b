import { exitCode, Problem, type ProblemParts } from '../../../kit/problem.ts';

type Told = Pick<ProblemParts, 'what' | 'fix' | 'retry'>;

const login: Told = {
  what: 'PostgreSQL refuses the login to the journal',
  fix: 'Give the right password: in the URL, in PGPASSWORD, or in the file that PGPASSFILE names',
};
const rights: Told = {
  what: 'The journal can’t be used with the rights of this role',
  fix: 'Let it create its schema: grant create on database … to …; or make it the owner of that schema',
};
const encryption: Told = {
  what: 'No encrypted connection to the journal could be made',
  fix: 'Look at the certificate of the server, and at sslmode and sslrootcert in the URL',
};
const full: Told = {
  what: 'The disk of the database that holds the journal is full',
  fix: 'Free some space. What was reported done is in the journal; run the command again',
  retry: true,
};
const damaged: Told = {
  what: 'The journal is damaged',
  fix: '`holdfast journal verify` tells what can still be relied on. Bring the database back from a backup',
};
const kept: Told = {
  what: 'The journal is locked by another process',
  fix: 'Find who keeps its head in a transaction: select * from pg_stat_activity, pg_blocking_pids() tells',
  retry: true,
};
const foreign: Told = {
  what: 'The schema is not that of a journal of Holdfast',
  fix: 'Name another one in the URL, as in ?schema=holdfast_shop',
};

/** By SQLSTATE, or by the code of Node. */
const byCode: Readonly<Record<string, Told>> = {
  '28000': login,
  '28P01': login,
  '42501': rights,
  '3D000': {
    what: 'There is no such database for the journal',
    fix: 'Make it: createdb, or name another one in the URL',
  },
  '53100': full,
  '55P03': kept,
  '42P07': foreign,
  '42703': foreign,
  '23505': damaged,
  XX001: damaged,
  XX002: damaged,
  ENOTFOUND: { what: 'The host of the journal is not known', fix: 'Check the host in the URL, and the name service' },
  SELF_SIGNED_CERT_IN_CHAIN: encryption,
  DEPTH_ZERO_SELF_SIGNED_CERT: encryption,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: encryption,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: encryption,
  CERT_HAS_EXPIRED: encryption,
  ERR_TLS_CERT_ALTNAME_INVALID: encryption,
};

const unreachable: Told = {
  what: 'The database that holds the journal can’t be reached',
  fix: 'See that it runs and that this machine gets at it. What was reported done is in the journal; run the command again',
  retry: true,
};

/** What a person reads instead of a code of the database or of the network; anything else stays what it is. */
export function asStoreProblem(error: unknown, where: string): unknown {
  if (error instanceof Problem) return error;
  const told = toldOf(error);
  return told ? new Problem({ ...told, where, why: whyOf(error), exit: exitCode.unreachable, cause: error }) : error;
}

const toldOf = (error: unknown): Told | undefined =>
  byCode[codeOf(error)] ??
  byMessage.find(([words]) => words.test(whyOf(error)))?.[1] ??
  (isLost(error) ? unreachable : undefined);

/** What the client says in words alone. */
const byMessage: readonly (readonly [RegExp, Told])[] = [
  [/^SASL/, login],
  [/does not support SSL/, encryption],
];

/** The connection is gone, or the server is about to: the same work may go through on another one. */
export const isLost = (error: unknown): boolean =>
  lostCodes.has(codeOf(error)) || /^08/.test(codeOf(error)) || lostWords.test(whyOf(error));

const lostCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'],
  'ENOENT', // The socket's file, while the server is down.
  ...['57P01', '57P02', '57P03'], // It stops, has crashed, starts.
  '53300', // It has too many clients.
  '25P03', // We were silent for too long in a transaction.
  '25006', // It is a standby: a failover is under way.
  ...['40001', '40P01'],
]);

const lostWords = /^(Connection terminated|Query read timeout|timeout expired|timeout exceeded|Client has encountered)/;

/** A schema, a table or both are not there. */
export const isMissing = (error: unknown): boolean => ['42P01', '3F000'].includes(codeOf(error));

/** PostgreSQL found its own files to be damaged. */
export const isDamage = (error: unknown): boolean =>
  error instanceof Problem && ['XX001', 'XX002'].includes(codeOf(error.cause));

const codeOf = (error: unknown): string => String((error as { code?: unknown } | undefined)?.code ?? '');

/** Where several addresses of a host were tried, each has its own. */
function whyOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(whyOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

export const wrongEncoding = (where: string, found: string): Problem =>
  new Problem({
    what: 'A journal needs a database in UTF8',
    where,
    why: `this one is in ${found}, which does not have every character`,
    fix: 'Make one for it: createdb --encoding=UTF8 --template=template0, and name it in the URL',
    exit: exitCode.unreachable,
  });
