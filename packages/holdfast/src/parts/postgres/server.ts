import type { CertificateHandle } from '../../model/certificate.ts';
import type { RunOptions } from '../../model/run.ts';
import type { Ground } from './ground.ts';
import { inside } from './inside.ts';
import type { Settings } from './options.ts';
import { accessRules, configText, reachSettings, settingsOf } from './settings.ts';

/** The files of any server that is started by itself. `archiving` is left out by one that is made of a backup. */
export const serverFiles = (
  { options, backups }: Ground,
  certified: CertificateHandle,
  archiving: Settings = backups?.settings ?? {},
): NonNullable<RunOptions['files']> => ({
  [`${inside.told}/pg_hba.conf`]: accessRules,
  [`${inside.told}/postgresql.conf`]: configText({
    ...settingsOf(options.settings),
    ...reachSettings,
    ...archiving,
  }),
  [inside.key]: certified.key,
  [inside.certificate]: certified.certificate,
  ...backups?.files,
});
