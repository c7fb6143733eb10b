import { holds } from '../model/declaration/holds.ts';
import { secret } from '../model/secret.ts';
import { backupsOf } from './postgres/backups/backups.ts';
import { clusterServers } from './postgres/cluster.ts';
import { commonOf } from './postgres/common.ts';
import type { Ground } from './postgres/ground.ts';
import type { PostgresHandle } from './postgres/handle.ts';
import { postgresImage } from './postgres/image.ts';
import { type PostgresOptions, schema } from './postgres/options.ts';
import { plainServer } from './postgres/plain.ts';

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
  return ground.options.standbys ? clusterServers(ground) : plainServer(ground);
}

/** What there is however many servers there are. */
function groundOf(name: string, options: PostgresOptions): Ground {
  const { version = 15, image = postgresImage(name, version, commonOf(options)) } = options;
  const { database = String(name).replaceAll('-', '_') } = options;
  const password = secret(`${name}-password`, { ...commonOf(options, '-password'), generate: 32 });
  const access = { database, user: database, password };
  return { name, options, version, image, access, backups: backupsOf(name, options, version) };
}
