import { addressOf } from '../../model/resource.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { Restored } from '../../restore/restore.ts';
import type { RestoreOutput } from '../output/restore.ts';

/** What a person who has lost something does with a restored server, as commands that can be run as they are. Pure. */
export function nextSteps(
  {
    database,
    told: { into },
    leads,
  }: Pick<Restored, 'database' | 'leads'> & { readonly told: { readonly into: string } },
  model: SystemModel,
): RestoreOutput['next'] {
  const env = model.environment === usual ? '' : ` --env ${model.environment}`;
  const inside = nameInside(database, model);
  const within = (server: string, command: string): string => `holdfast exec${env} ${server} -- ${command} ${inside}`;
  return {
    look: within(into, 'psql'),
    ...(leads && {
      // By way of a file: what breaks off in a pipe looks like the end, and half a table would be committed.
      copy:
        `${within(into, 'pg_dump --table TABLE')} >TABLE.sql && ` +
        `${within(leads, 'psql --set ON_ERROR_STOP=1 --single-transaction')} <TABLE.sql`,
    }),
    remove: `holdfast restore${env} --remove ${into}`,
  };
}

/** The environment that is meant where none is named. */
const usual = 'local';

/** What the database of a cluster is called inside; of several, the first. */
function nameInside(cluster: string, model: SystemModel): string {
  const servers = resourcesOf(model, 'cluster').filter(one => one.name === cluster);
  const inside = resourcesOf(model, 'database').find(({ spec }) =>
    servers.some(one => addressOf(one) === spec.cluster),
  );
  return inside?.spec.name ?? 'postgres';
}
