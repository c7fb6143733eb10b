import type { Subject } from '../assertion/said.ts';
import { rule } from '../declaration/rule.ts';
import { portNumber } from '../rules.ts';
import type { PostgresPlace } from '../spec/check-spec.ts';
import type { Given, Naming } from './naming.ts';
import { word } from './rules.ts';

/** Where the database is, as seen from inside of the target. Defaults: `'postgres'`, `'postgres'` and 5432. */
export type PostgresOptions = Partial<PostgresPlace>;

/** A PostgreSQL server that runs in the target, and what is in it. */
export interface PostgresSubjects {
  server(options?: PostgresOptions): Subject<'postgres'>;
  /** What only reads: it runs in a transaction that may not write. */
  query(sql: string, options?: PostgresOptions): Subject<'postgres-query'>;
  role(name: string, options?: PostgresOptions): Subject<'postgres-role'>;
  /** An extension of the database. */
  extension(name: string, options?: PostgresOptions): Subject<'postgres-extension'>;
  setting(name: string, options?: PostgresOptions): Subject<'postgres-setting'>;
}

const place = {
  database: word('the name of a database', 'shop'),
  user: word('the name of a role', 'postgres'),
  port: portNumber,
};

const sql = rule<string>(
  {
    is: 'a query that reads',
    why: 'a check may not change what it checks: it begins with select, show, with, table, values or explain',
    fix: "write it as in 'select count(*) from orders'",
  },
  value => typeof value === 'string' && /^\s*(select|show|with|table|values|explain)\b/i.test(value),
);

const name = word('a name as PostgreSQL has it', 'pgcrypto');

export const postgresSubjects = (naming: Naming): PostgresSubjects => ({
  server: function server(options) {
    return naming.name('postgres', at('server', options, server), () => ({ at: placeOf(options) }));
  },
  query: function query(given, options) {
    const { shape, given: all, ...rest } = at('query', options, query);
    const words = { shape: { ...shape, query: sql }, given: { ...all, query: given }, ...rest };
    return naming.name('postgres-query', words, () => ({ at: placeOf(options), query: given.trim() }));
  },
  role: function role(given, options) {
    const words = named(given, at('role', options, role));
    return naming.name('postgres-role', words, () => ({ at: placeOf(options), name: given }));
  },
  extension: function extension(given, options) {
    const words = named(given, at('extension', options, extension));
    return naming.name('postgres-extension', words, () => ({ at: placeOf(options), name: given }));
  },
  setting: function setting(given, options) {
    const words = named(given, at('setting', options, setting));
    return naming.name('postgres-setting', words, () => ({ at: placeOf(options), name: given }));
  },
});

const placeOf = (options: PostgresOptions = {}): PostgresPlace => ({
  database: 'postgres',
  user: 'postgres',
  port: 5432,
  ...options,
});

const at = (what: string, options: PostgresOptions | undefined, callee: Given['callee']): Given => ({
  shape: place,
  given: { ...placeOf(options) },
  callee,
  as: `it.postgres.${what}`,
});

const named = (given: unknown, { shape, given: all, ...rest }: Given): Given => ({
  shape: { ...shape, name },
  given: { ...all, name: given },
  ...rest,
});
