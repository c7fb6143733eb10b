import * as z from 'zod/mini';
import { type FigureOptions, figureMembers } from '../../model/availability.ts';
import { extensionName } from '../../model/database/extension.ts';
import { identifier } from '../../model/database/inside.ts';
import { label } from '../../model/declaration/label.ts';
import { type CommonOptions, common, handleOf } from '../../model/declaration/options.ts';
import { members, rule } from '../../model/declaration/rule.ts';
import type { ImageHandle } from '../../model/image.ts';
import type { NetworkHandle } from '../../model/network.ts';
import { flag, wholeNumber } from '../../model/rules.ts';
import type { LimitOptions } from '../../model/run.ts';
import { type BackupOptions, backupMembers } from './backups/options.ts';
import { mostStandbys } from './cluster/places.ts';
import { reserved } from './settings.ts';

export type Settings = Readonly<Record<string, string | number | boolean>>;

export interface PostgresOptions extends CommonOptions {
  /** The one network that it shares with its clients; or several. */
  readonly network?: NetworkHandle;
  readonly networks?: readonly NetworkHandle[];
  /** PostgreSQL's major version. Default 15. */
  readonly version?: 15;
  /**
   * How many servers stand by to take over. Default 0: one server, with nothing beside it. Between none and some the data
   * does not move, and a plan that would begin empty is refused.
   */
  readonly standbys?: number;
  /**
   * What happens to writes when no standby is left that has them too. Default false: they go on, acknowledged by the
   * primary alone, and nobody takes over until a standby has caught up. True: they wait for one. Only with standbys.
   */
  readonly strict?: boolean;
  /** Name inside the server. Default: the name, with `_` for `-`. */
  readonly database?: string;
  /** Extensions of the database that PostgreSQL brings along, as in `'pg_trgm'`. Default none. */
  readonly extensions?: readonly string[];
  /** PostgreSQL's own settings, as in `{ shared_buffers: '256MB' }`. */
  readonly settings?: Settings;
  /** Default: every week a full one, every day what has changed, and all that is written in between. */
  readonly backups?: BackupOptions | false;
  /** Of one server. Default: no limit of memory and processors. */
  readonly limits?: LimitOptions;
  /** How much of the time one server is there, of itself, as in `'99.9%'`: see {@link FigureOptions}. Bounds reckon with it. */
  readonly availability?: FigureOptions['availability'];
  /** Default: an image of the database's name, baked of Debian's packages. */
  readonly image?: ImageHandle;
}

const version = rule<15>(
  { is: '15', why: 'it is the version that Debian 12 has', fix: 'leave it out' },
  value => value === 15,
);

const settingName = rule<string>(
  {
    is: 'the name of a setting of PostgreSQL that is yours to choose',
    why: 'by some of them the server is reached, proved and backed up',
    fix: "write it as in { shared_buffers: '256MB' }",
  },
  value => typeof value === 'string' && /^[a-z_]+(\.[a-z_]+)?$/.test(value) && !reserved.has(value),
);

const settingValue = rule<string | number | boolean>(
  { is: 'a text, a number, true or false', fix: "write it as in '256MB', 100 or true" },
  value => ['string', 'number', 'boolean'].includes(typeof value),
);

/** What `service` does not look at itself. */
export const schema = members({
  ...common,
  name: label,
  network: z.optional(handleOf('network')),
  networks: z.optional(z.array(handleOf('network'))),
  version: z.optional(version),
  standbys: z.optional(wholeNumber(0, mostStandbys, 'each standby is a server more that every write is sent to')),
  strict: z.optional(flag),
  database: z.optional(identifier),
  extensions: z.optional(z.array(extensionName)),
  settings: z.optional(z.record(settingName, settingValue)),
  backups: z.optional(backupMembers),
  limits: z.optional(z.any()),
  availability: figureMembers.availability,
  image: z.optional(handleOf('image')),
});
