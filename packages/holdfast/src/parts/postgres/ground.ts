import type { CommonOptions } from '../../model/declaration/options.ts';
import type { ImageHandle } from '../../model/image.ts';
import type { SecretHandle } from '../../model/secret.ts';
import type { Access } from './handle.ts';
import type { PostgresOptions } from './options.ts';

/** What one server and a cluster both stand on. */
export interface Ground {
  readonly name: string;
  readonly options: PostgresOptions;
  readonly image: ImageHandle;
  readonly password: SecretHandle;
  readonly access: Access;
}

/** Engine and former names for something called `<name><suffix>`: renamed with its database. */
export const commonOf = ({ engine, movedFrom }: CommonOptions, suffix = ''): CommonOptions => ({
  ...(engine !== undefined && { engine }),
  ...(movedFrom !== undefined && { movedFrom: [movedFrom].flat().map(former => `${former}${suffix}`) }),
});
