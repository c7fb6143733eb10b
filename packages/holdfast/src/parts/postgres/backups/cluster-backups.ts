import type { CertificateHandle } from '../../../model/certificate.ts';
import { addressOfHandle } from '../../../model/declaration/handle.ts';
import { runSpec } from '../../../model/run.ts';
import type { ClusterBackups } from '../../../model/spec/cluster-spec.ts';
import { type Ground, networksWith } from '../ground.ts';
import { inside } from '../inside.ts';
import { serverFiles } from '../server.ts';
import type { Backups } from './backups.ts';
import { restoredScript, restoreScript } from './restored.ts';

/** What those must know who take backups and make servers of them. */
export const clusterBackups = (
  ground: Ground,
  certified: CertificateHandle,
  { stanza, key, full, diff, keep, at, mounts }: Backups,
): ClusterBackups => ({
  ...{ stanza, key: addressOfHandle(key), full, diff, keep },
  ...(at && { at }),
  restored: {
    run: restoredRun(ground, certified),
    data: inside.volume,
    reads: Object.fromEntries(Object.entries(mounts).map(([path, volume]) => [path, addressOfHandle(volume)])),
  },
});

/** A server of the same image, on the same networks, that archives nothing. */
const restoredRun = (ground: Ground, certified: CertificateHandle) =>
  runSpec({
    image: ground.image,
    networks: networksWith(ground),
    ...(ground.options.limits && { limits: ground.options.limits }),
    entrypoint: ['sh'],
    command: [`${inside.told}/restored`],
    user: inside.user,
    env: { VERSION: ground.version, ...ground.backups?.env },
    files: {
      [`${inside.told}/restored`]: restoredScript,
      '/usr/local/bin/holdfast-restore': { content: restoreScript, mode: '0755', owner: '0:0' },
      ...serverFiles(ground, certified, {}),
    },
  });
