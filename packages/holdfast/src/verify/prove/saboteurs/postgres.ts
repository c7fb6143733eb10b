import { quote } from '../../../kit/shell-words.ts';
import type { PostgresPlace } from '../../../model/spec/check-spec.ts';
import { withExample } from '../deeds/example.ts';
import { idle, line, type Sabotage, start, unproven } from '../sabotage.ts';
import type { Saboteur, SaboteursOf } from '../saboteur.ts';

/** Changes something by SQL, as the user that the check asks as. */
const sql = ({ database, user, port }: PostgresPlace, text: string): Sabotage =>
  line(`psql -X -v ON_ERROR_STOP=1 -h 127.0.0.1 -p ${port} -U ${quote(user)} -d ${quote(database)} -c ${quote(text)}`);

const name = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const gone = (): Sabotage => start(idle);

const ofOthers = unproven('a copy of one server has no others that would stream from it');

export const postgresSaboteurs: SaboteursOf<'postgres'> = {
  takesQueries: {
    claimed: gone,
    denied: () => unproven('where no server is declared, nobody knows how to start one'),
  },
  hasVersion: { claimed: gone, denied: () => unproven('a copy of another version would be a copy of something else') },
  isStandby: { claimed: ({ at }) => sql(at, 'select pg_promote()'), denied: () => ofOthers },
  hasLagBelow: { claimed: gone, denied: () => ofOthers },
  hasStandbys: { claimed: gone, denied: () => ofOthers },
  hasSynchronousStandby: { claimed: gone, denied: () => ofOthers },
};

const returning = unproven('nobody knows what makes the query return this');

export const querySaboteurs: SaboteursOf<'postgres-query'> = {
  returns: { claimed: gone, denied: () => returning },
  returnsRows: { claimed: gone, denied: () => returning },
};

const right = (word: string): Saboteur<'postgres-role', []> => ({
  claimed: ({ at, name: role }) => sql(at, `alter role ${name(role)} no${word}`),
  denied: ({ at, name: role }) => sql(at, `alter role ${name(role)} ${word}`),
});

export const roleSaboteurs: SaboteursOf<'postgres-role'> = {
  exists: {
    // It may own things: then it could not be dropped.
    claimed: ({ at, name: role }) => sql(at, `alter role ${name(role)} rename to ${name(`${role}_sabotage`)}`),
    denied: ({ at, name: role }) => sql(at, `create role ${name(role)}`),
  },
  isSuperuser: right('superuser'),
  canLogIn: right('login'),
  canReplicate: right('replication'),
  canCreateRoles: right('createrole'),
  canCreateDatabases: right('createdb'),
  isMemberOf: {
    claimed: ({ at, name: role }, of) => sql(at, `revoke ${name(of)} from ${name(role)}`),
    denied: ({ at, name: role }, of) => sql(at, `grant ${name(of)} to ${name(role)}`),
  },
};

const withVersion = (extension: string, version: string): string =>
  `update pg_extension set extversion = ${literal(version)} where extname = ${literal(extension)}`;

export const extensionSaboteurs: SaboteursOf<'postgres-extension'> = {
  isInstalled: {
    claimed: ({ at, name: extension }) => sql(at, `drop extension ${name(extension)} cascade`),
    denied: ({ at, name: extension }) => sql(at, `create extension ${name(extension)}`),
  },
  hasVersion: {
    claimed: ({ at, name: extension }) => sql(at, withVersion(extension, '0-sabotage')),
    denied: ({ at, name: extension }, wanted) =>
      withExample(wanted, version => sql(at, withVersion(extension, version))),
  },
};

export const settingSaboteurs: SaboteursOf<'postgres-setting'> = {
  hasValue: {
    claimed: gone,
    denied: ({ at, name: setting }, wanted) =>
      withExample(wanted, value => sql(at, `alter role current_user set ${name(setting)} = ${literal(value)}`)),
  },
  waitsForRestart: {
    claimed: () => start({}),
    denied: () => unproven('nobody knows another value that the setting can have'),
  },
};
