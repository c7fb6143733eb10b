import { authority } from '../model/certificate.ts';
import { holds } from '../model/declaration/holds.ts';
import type { ImageHandle } from '../model/image.ts';
import { agentOf } from './agent.ts';
import { accessOf } from './postgres/access.ts';
import { backupsOf } from './postgres/backups/backups.ts';
import { imageCheck } from './postgres/checks.ts';
import { clusterServers } from './postgres/cluster.ts';
import { commonOf } from './postgres/common.ts';
import type { Ground } from './postgres/ground.ts';
import { PostgresHandle } from './postgres/handle.ts';
import { postgresImage } from './postgres/image.ts';
import { type PostgresOptions, schema } from './postgres/options.ts';
import { plainServer } from './postgres/plain.ts';

export type { BackupOptions } from './postgres/backups/options.ts';
export type { SshOptions } from './postgres/backups/ssh/options.ts';
export { PostgresHandle } from './postgres/handle.ts';
export type { PostgresOptions } from './postgres/options.ts';

/**
 * A PostgreSQL database: one server, or with `standbys` a cluster that fails over by itself, with the same handle. Its
 * password is generated; clients reach it by TLS.
 */
export function postgres(name: string, options: PostgresOptions): PostgresHandle {
  const { backups, ...rest }: PostgresOptions = Object(options);
  holds(schema, { name, ...rest, ...(backups && { backups }) }, `postgres "${name}"`, postgres);
  const ground = groundOf(name, Object(options));
  const servers = ground.options.standbys ? clusterServers(ground) : plainServer(ground);
  if (ground.backups || ground.options.standbys) agentOf(ground.options.engine);
  return new PostgresHandle(name, accessOf(ground, servers.cluster), servers);
}

/** What there is however many servers there are. */
function groundOf(name: string, options: PostgresOptions): Ground {
  const { version = 15, image = ownImage(name, version, options) } = options;
  return {
    ...{ name, options, version, image },
    authority: authority(`${name}-authority`, commonOf(options, '-authority')),
    backups: backupsOf(name, options, version),
  };
}

function ownImage(name: string, version: number, options: PostgresOptions): ImageHandle {
  const image = postgresImage(name, version, commonOf(options));
  imageCheck(name, image, version);
  return image;
}
