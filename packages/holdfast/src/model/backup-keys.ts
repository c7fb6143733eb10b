import { nameIn } from './address.ts';
import { resourcesOf, type SystemModel } from './system-model.ts';

/** The names of the secrets that backups are encrypted with: whoever loses such a value loses what was copied with it. */
export const backupKeys = (model: SystemModel): readonly string[] =>
  resourcesOf(model, 'cluster').flatMap(({ spec: { backups } }) => (backups?.key ? [nameIn(backups.key)] : []));
