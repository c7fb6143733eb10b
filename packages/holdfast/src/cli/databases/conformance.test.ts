import { afterAll, describe, test, vi } from 'vitest';
import { randomId } from '../../kit/id.ts';
import { type ProviderBench, providerConformance } from '../../ports/conformance/provider.ts';
import type { DatabaseDesire, ExtensionDesire, RoleDesire } from '../../ports/desires.ts';
import { makingName } from '../../providers/postgres/databases.ts';
import { openServers, type Servers } from './testing/ground.ts';
import { hasPostgres, howToHavePostgres } from './testing/image.ts';

// Each deed is several commands inside of a container, and a machine may be busy.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const signal = new AbortController().signal;

/** Names that would be something else if they were not quoted. */
const awkward = (): string => `a "quoted" 'name'; drop table x; -- \\ $$ ${randomId()}`;

const it = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** One image for all three. */
let opened: Promise<Servers> | undefined;

afterAll(async () => (await opened)?.[Symbol.asyncDispose]());

async function ground(environment: string) {
  opened ??= openServers('pgc');
  const servers = await opened;
  const cluster = 'db';
  const server = await servers.serve(cluster, { environment });
  const scope = { ...servers.scope, environment };
  const elsewhere = { ...servers.scope, environment: 'other' };
  return {
    servers,
    server,
    elsewhere,
    others: servers.providersOf(elsewhere, scope),
    scope,
    ...servers.providersOf(scope),
  };
}

async function databaseBench(): Promise<ProviderBench<DatabaseDesire, unknown>> {
  const { servers, server, scope, elsewhere, others, databases } = await ground('databases');
  await server.sql('create role shop; create role other');
  return {
    provider: databases,
    scope,
    elsewhere: { provider: others.databases, scope: elsewhere },
    desired: () => servers.database(awkward(), 'shop'),
    stranger: async () => {
      const name = randomId();
      await server.sql(`create database ${it(name)}`);
      return `db/database/${await server.sql(`select oid from pg_database where datname = '${name}'`)}`;
    },
    crashes: {
      'made under another name': async ({ spec: { name } }) =>
        void (await server.sql(`create database ${it(makingName(name))} template template0 allow_connections false`)),
    },
    drifts: {
      'owned by another by hand': {
        inflict: async ({ name }) => void (await server.sql(`alter database ${it(name)} owner to other`)),
        aspect: 'owner',
      },
      'renamed by hand': {
        inflict: async ({ name }) => void (await server.sql(`alter database ${it(name)} rename to ${it(randomId())}`)),
        aspect: 'name',
      },
      'closed by hand': {
        inflict: async ({ name }) => void (await server.sql(`alter database ${it(name)} allow_connections false`)),
        aspect: 'connections',
      },
      'limited by hand': {
        inflict: async ({ name }) => void (await server.sql(`alter database ${it(name)} connection limit 3`)),
        aspect: 'connections',
      },
      'dropped by hand': { inflict: async ({ name }) => void (await server.sql(`drop database ${it(name)}`)) },
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

async function roleBench(): Promise<ProviderBench<RoleDesire, unknown>> {
  const { servers, server, scope, elsewhere, others, roles } = await ground('roles');
  const group = awkward();
  await server.sql(`create role ${it(group)}; create role other; create database extra`);
  const drift = (aspect: string, statement: (name: string) => string) => ({
    inflict: async ({ name }: { name: string }) => void (await server.sql(statement(it(name)))),
    aspect,
  });
  let count = 0;
  return {
    provider: roles,
    scope,
    elsewhere: { provider: others.roles, scope: elsewhere },
    desired: () => servers.login(group, `key-${++count}`, `it's a "secret" \\ ${count}`, { connections: 7 }),
    stranger: async () => {
      const name = randomId();
      await server.sql(`create role ${it(name)}`);
      return `db/role/${await server.sql(`select oid from pg_roles where rolname = '${name}'`)}`;
    },
    crashes: {},
    drifts: {
      'given another password by hand': drift('password', name => `alter role ${name} password 'guess'`),
      'without its password by hand': drift('password', name => `alter role ${name} password null`),
      'given an old kind of password by hand': drift(
        'password',
        name => `alter role ${name} password 'md50123456789abcdef0123456789abcdef'`,
      ),
      'kept out by hand': drift('rights', name => `alter role ${name} nologin`),
      'made a superuser by hand': drift('rights', name => `alter role ${name} superuser bypassrls`),
      'limited by hand': drift('connections', name => `alter role ${name} connection limit 1`),
      'ended by hand': drift('valid until', name => `alter role ${name} valid until '2020-01-01'`),
      'given further rights by hand': drift('member of', name => `grant other to ${name}`),
      'made an administrator of its group by hand': drift(
        'member of',
        name => `grant ${it(group)} to ${name} with admin option`,
      ),
      'taken from its group by hand': drift('member of', name => `revoke ${it(group)} from ${name}`),
      'acting as itself by hand': drift('settings', name => `alter role ${name} reset role`),
      'given settings by hand': drift(
        'settings',
        name => `alter role ${name} set work_mem = '1GB'; alter role ${name} in database extra set role = 'other'`,
      ),
      'renamed by hand': drift('name', name => `alter role ${name} rename to ${it(randomId())}`),
      'dropped by hand': {
        inflict: async ({ name }) => void (await server.sql(`drop role ${it(name)}`)),
      },
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

const contrib = [
  'citext hstore pg_trgm ltree intarray cube seg isn lo btree_gin btree_gist fuzzystrmatch unaccent tablefunc tcn',
  'pgrowlocks pgstattuple pg_buffercache pg_freespacemap pg_visibility pageinspect dict_int dict_xsyn bloom amcheck',
].flatMap(names => names.split(' '));

async function extensionBench(): Promise<ProviderBench<ExtensionDesire, unknown>> {
  const { servers, server, scope, elsewhere, others, databases, roles, extensions } = await ground('extensions');
  const owner = servers.role('shop');
  await roles.ensure(owner, undefined, signal);
  const name = awkward();
  const database = servers.database(name, 'shop');
  await databases.ensure(database, undefined, signal);
  const theirs = servers.database('theirs', 'shop');
  await others.databases.ensure(theirs, undefined, signal);
  const left = [...contrib];
  return {
    provider: extensions,
    scope,
    elsewhere: { provider: others.extensions, scope: elsewhere },
    desired: () => servers.extension(left.pop() as string, name),
    stranger: async () => {
      const stranger = left.pop() as string;
      await server.sql(`create extension ${stranger}`, name);
      const ids = `select (select oid from pg_database where datname = current_database()) || '/' || oid`;
      return `db/extension/${await server.sql(`${ids} from pg_extension where extname = '${stranger}'`, name)}`;
    },
    crashes: {},
    drifts: {
      'dropped by hand': { inflict: async one => void (await server.sql(`drop extension ${it(one.name)}`, name)) },
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

describe.runIf(hasPostgres)('what is inside of PostgreSQL', () => {
  providerConformance('the database', databaseBench);
  providerConformance('the role', roleBench);
  providerConformance('the extension', extensionBench);
});

test.skipIf(hasPostgres)(howToHavePostgres, () => {});
