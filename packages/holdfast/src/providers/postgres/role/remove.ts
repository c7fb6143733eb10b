import type { Seen } from '../../../ports/provider.ts';
import type { Primary } from '../server/primary.ts';
import { identifier, literal } from '../sql/quote.ts';
import type { RoleState } from './differences.ts';

/**
 * Takes a role away and nothing that it owns: of one that logs in, that belongs to its group from now on, else to the
 * owner of the database that it is in. Its sessions end.
 */
export async function removeRole(primary: Primary, { name, id, state }: Seen<RoleState>): Promise<void> {
  const oid = id.slice(id.lastIndexOf('/') + 1);
  const it = identifier(name);
  const group = state.rights.includes('login') ? state.memberOf[0]?.name : undefined;
  const whereabouts = await primary.change('postgres', closing(primary, name, group), placesOf(oid));
  for (const database of JSON.parse(whereabouts) as readonly string[])
    await primary.change(database, handover(it, heirOf(primary, database, name, group)), '');
  await primary.settle(`drop role if exists ${it};`);
}

/** Lets nobody in as it, and gives on the databases themselves. */
function closing({ overview }: Primary, name: string, group: string | undefined): string {
  const owned = overview.databases.filter(({ owner }) => owner === name);
  return [
    `alter role ${identifier(name)} nologin;`,
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = ${literal(name)};`,
    ...owned.map(one => `alter database ${identifier(one.name)} owner to ${identifier(group ?? 'postgres')};`),
  ].join('\n');
}

/** The databases in which something is its, or is open to it. */
const placesOf = (oid: string): string => `
select coalesce(json_agg(distinct d.datname), '[]') from pg_shdepend s join pg_database d on d.oid = s.dbid
where s.refclassid = 'pg_authid'::regclass and s.refobjid = ${literal(oid)}::oid;`;

/** What is dropped at last are its rights: nothing is left that it owns. */
const handover = (it: string, heir: string): string => `
begin;
reassign owned by ${it} to ${identifier(heir)};
drop owned by ${it};
commit;`;

function heirOf({ overview }: Primary, database: string, name: string, group: string | undefined): string {
  const owner = overview.databases.find(one => one.name === database)?.owner;
  return group ?? (owner === undefined || owner === name ? 'postgres' : owner);
}
