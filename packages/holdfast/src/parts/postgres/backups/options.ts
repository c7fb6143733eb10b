import * as z from 'zod/mini';
import { isSize, type Size } from '../../../kit/size.ts';
import { members, rule } from '../../../model/declaration/rule.ts';
import { wholeNumber } from '../../../model/rules.ts';
import { type SshOptions, sshMembers } from './ssh/options.ts';

/** When backups are taken, and how much of them is kept. */
export interface BackupOptions {
  /** When all of it is copied: a duration, or the five fields of a crontab. Default `'@weekly'`. */
  readonly full?: string;
  /** When what has changed since the last full one is copied. Default `'@daily'`. */
  readonly diff?: string;
  /** How many full backups stay, each with all that leads to any second after it. Default 4. */
  readonly keep?: number;
  /**
   * How much may wait on the database's disk while archiving fails. Beyond it the oldest is dropped, and told, for a full
   * disk would stop the database; what comes after can then be restored from the next backup on. Default `'1GiB'`.
   */
  readonly queue?: Size;
  /** Has another machine keep them, reached by SSH. Default: a volume beside the database. */
  readonly ssh?: SshOptions;
}

const every = rule<string>(
  {
    is: 'a duration, or the five fields of a crontab',
    why: 'the agent takes backups by it, in UTC',
    fix: "write it as in '6h', '30 3 * * *' or '@daily'",
  },
  value => typeof value === 'string' && /^(@[a-z]+|\d+(s|m|h|d)|\S+( \S+){4})$/.test(value),
);

const size = rule<Size>(
  { is: 'an amount of disk', fix: "write it as in '1GiB'" },
  value => typeof value === 'string' && isSize(value),
);

export const backupMembers = members({
  full: z.optional(every),
  diff: z.optional(every),
  keep: z.optional(wholeNumber(1, 1_000, 'it is the number of full backups that stay')),
  queue: z.optional(size),
  ssh: z.optional(sshMembers),
});
