import { probe } from '../../model/probe.ts';
import { networksOf } from '../../model/run.ts';
import { service } from '../../model/service.ts';
import { volume } from '../../model/volume.ts';
import { commonOf, type Ground } from './ground.ts';
import { PostgresHandle } from './handle.ts';
import { inside } from './inside.ts';
import { runScript } from './scripts.ts';

const ports = { postgres: inside.port };

/** One server with a volume of its own. */
export function plainServer({ name, options, image, password, access }: Ground): PostgresHandle {
  const { needs, limits } = options;
  service(name, {
    ...commonOf(options),
    ...(needs && { needs }),
    ...(limits && { limits }),
    image,
    networks: networksOf(options),
    entrypoint: ['sh'],
    command: ['/etc/holdfast/postgres/run'],
    user: inside.user,
    env: { DATABASE_NAME: access.database },
    files: { '/etc/holdfast/postgres/run': runScript, '/run/secrets/database-password': password },
    mounts: { [inside.volume]: volume(name, commonOf(options)) },
    ports,
    health: probe.command(['pg_isready', '--quiet', '--host', '127.0.0.1']),
    stop: { grace: '30s' },
  });
  return new PostgresHandle(name, access, ports);
}
