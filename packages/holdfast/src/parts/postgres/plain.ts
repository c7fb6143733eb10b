import { certificate } from '../../model/certificate.ts';
import { cluster } from '../../model/cluster.ts';
import { probe } from '../../model/probe.ts';
import { service } from '../../model/service.ts';
import { volume } from '../../model/volume.ts';
import { clusterBackups } from './backups/cluster-backups.ts';
import { serverCheck } from './checks.ts';
import { dataOf } from './cluster/places.ts';
import { commonOf } from './common.ts';
import { serverHealthScript } from './further.ts';
import { type Ground, networksWith, type Servers } from './ground.ts';
import { inside } from './inside.ts';
import { runScript } from './scripts.ts';
import { serverFiles } from './server.ts';

const ports = { postgres: inside.port };

/** One server with a volume of its own. */
export function plainServer(ground: Ground): Servers {
  const { name, options, image, version, backups } = ground;
  const { needs, limits, availability } = options;
  const by = { by: ground.authority, names: [name] };
  const certified = certificate(`${name}-certificate`, { ...commonOf(options, '-certificate'), ...by });
  const server = service(name, {
    ...commonOf(options),
    ...(needs && { needs }),
    ...(limits && { limits }),
    ...(availability && { availability }),
    image,
    cluster: name,
    networks: networksWith(ground),
    entrypoint: ['sh'],
    command: [`${inside.told}/run`],
    user: inside.user,
    env: { VERSION: version, ...backups?.env },
    files: {
      [`${inside.told}/run`]: runScript,
      [`${inside.told}/health`]: serverHealthScript,
      ...serverFiles(ground, certified),
    },
    mounts: {
      [inside.volume]: volume(name, commonOf(options)),
      ...backups?.mounts,
    },
    ports,
    health: probe.command(['sh', `${inside.told}/health`]),
    stop: { grace: '30s' },
  });
  const one = cluster(name, {
    ...commonOf(options),
    ...{ members: [server], etcd: [], data: dataOf(name, 0), scope: name, strict: false },
    ...(backups && { backups: clusterBackups(ground, certified, backups) }),
  });
  return { cluster: one, ports, checks: [serverCheck(server, ground)] };
}
