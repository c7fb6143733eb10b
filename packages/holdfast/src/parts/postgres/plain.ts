import { cluster } from '../../model/cluster.ts';
import { probe } from '../../model/probe.ts';
import { networksOf } from '../../model/run.ts';
import { service } from '../../model/service.ts';
import { volume } from '../../model/volume.ts';
import { clusterBackups } from './backups/cluster-backups.ts';
import { commonOf } from './common.ts';
import type { Ground } from './ground.ts';
import { PostgresHandle } from './handle.ts';
import { inside } from './inside.ts';
import { runScript } from './scripts.ts';
import { serverFiles } from './server.ts';

const ports = { postgres: inside.port };

/** One server with a volume of its own. */
export function plainServer(ground: Ground): PostgresHandle {
  const { name, options, image, version, backups, access } = ground;
  const { needs, limits } = options;
  const server = service(name, {
    ...commonOf(options),
    ...(needs && { needs }),
    ...(limits && { limits }),
    image,
    cluster: name,
    networks: networksOf(options),
    entrypoint: ['sh'],
    command: [`${inside.told}/run`],
    user: inside.user,
    env: { VERSION: version, ...backups?.env },
    files: { [`${inside.told}/run`]: runScript, ...serverFiles(ground) },
    mounts: {
      [inside.volume]: volume(name, commonOf(options)),
      ...(backups && { [inside.repository]: backups.repository }),
    },
    ports,
    health: probe.command(['pg_isready', '--quiet', '--host', inside.socket]),
    stop: { grace: '30s' },
  });
  cluster(name, {
    ...commonOf(options),
    ...{ members: [server], etcd: [], scope: name, strict: false },
    ...(backups && { backups: clusterBackups(ground, backups) }),
  });
  return new PostgresHandle(name, access, ports);
}
