import type { ClientConfig } from 'pg';
import { parse, toClientConfig } from 'pg-connection-string';
import { exitCode, Problem } from '../../../kit/problem.ts';
import { Secret } from '../../../kit/secret.ts';

/** Where in which database a journal is. */
export interface Address {
  /** The URL as it was given, which may hold a password. */
  readonly url: Secret;
  /** Without the password: what people are shown, and what tells one journal from another. */
  readonly shown: string;
  /** The journal's own, so that it can live beside other tables. */
  readonly schema: string;
  readonly options: ClientConfig;
}

/**
 * Reads `postgres://user@host:port/database?sslmode=verify-full&schema=holdfast`. What it leaves out comes from PGUSER,
 * PGPASSWORD, PGSSLMODE and the like, and from the password file. `sslmode` means what it means to PostgreSQL's own
 * clients. Throws a {@link Problem} that never quotes it.
 */
export function addressOf(url: string): Address {
  const options = parsed(url);
  const { schema = 'holdfast' } = options as { schema?: string };
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema))
    throw wrongAddress(
      'its schema must be up to 41 lower-case letters, digits and underscores, and not begin with a digit',
    );
  return { url: new Secret(url), shown: shownOf(options, schema), schema, options };
}

function parsed(url: string): ClientConfig {
  try {
    return toClientConfig(parse(url, { useLibpqCompat: true }));
  } catch (error) {
    throw wrongAddress(error instanceof Error ? error.message : String(error));
  }
}

/** Made of what is no secret, instead of taking out what is one. */
function shownOf({ user, host, port, database }: ClientConfig, schema: string): string {
  const isFolder = host?.startsWith('/');
  const place = `${host && !isFolder ? host : ''}${port ? `:${port}` : ''}`;
  const more = [...(isFolder ? [`host=${host}`] : []), ...(schema === 'holdfast' ? [] : [`schema=${schema}`])].join(
    '&',
  );
  return `postgres://${user ? `${user}@` : ''}${place}/${database ?? ''}${more ? `?${more}` : ''}`;
}

const wrongAddress = (why: string): Problem =>
  new Problem({
    what: 'the address of the journal can’t be understood',
    why,
    fix: "write it as in 'postgres://holdfast@db.example/holdfast?sslmode=verify-full', with % for special characters",
    exit: exitCode.wrongUse,
  });
