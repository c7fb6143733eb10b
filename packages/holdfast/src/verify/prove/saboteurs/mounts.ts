import { quote } from '../../../kit/shell-words.ts';
import { toBytes } from '../../../kit/size.ts';
import { isPercent } from '../../../model/assertion/words/given.ts';
import { type Deed, line, type Sabotage, start, unproven } from '../sabotage.ts';
import type { SaboteursOf } from '../saboteur.ts';

type At = { readonly path: string };

const mounting = { may: 'SYS_ADMIN' } as const;

const away = ({ path }: At): Deed => ({ ...mounting, ...line(`umount -l ${quote(path)}`) });

/** Another file system, in memory, over what is there. */
const over = ({ path }: At, options = 'mode=755', source = 'sabotage'): Deed => ({
  ...mounting,
  ...line(`mkdir -p ${quote(path)}`, `mount -t tmpfs -o ${options} ${quote(source)} ${quote(path)}`),
});

export const mountSaboteurs: SaboteursOf<'mount'> = {
  isMounted: { claimed: away, denied: of => over(of) },
  isOfType: {
    claimed: (of, filesystem) => (filesystem === 'tmpfs' ? away(of) : over(of)),
    denied: (of, filesystem) =>
      filesystem === 'tmpfs' ? over(of) : unproven('nothing but a tmpfs can be mounted in a copy'),
  },
  comesFrom: {
    claimed: (of, source) => over(of, 'mode=755', `not-${source}`),
    denied: (of, source) => over(of, 'mode=755', source),
  },
  hasOption: {
    claimed: away,
    denied: (of, option) =>
      ['ro', 'rw', 'noexec', 'nosuid', 'nodev', 'noatime', 'sync'].includes(option)
        ? over(of, option)
        : unproven('the file system that can be mounted in a copy does not have this option'),
  },
  isReadOnly: { claimed: of => over(of, 'rw'), denied: of => over(of, 'ro') },
};

/** To fill the disk of a copy would fill that of its host: what is small is put over it, and filled. */
const full = (of: At): Sabotage =>
  of.path === '/'
    ? unproven('to fill the root of a copy would fill the disk of its host')
    : {
        ...mounting,
        line: `${over(of, 'size=64k,nr_inodes=2').line} && { cat /dev/zero > ${quote(`${of.path}/sabotage`)} 2>/dev/null; true; }`,
      };

/** Nothing is on it yet: all of it is free, and takes no memory. */
const vast = (of: At, bytes: number): Sabotage =>
  of.path === '/' ? unproven('nothing can be mounted over the root of a copy') : over(of, `size=${bytes}`);

export const diskSaboteurs: SaboteursOf<'disk'> = {
  hasFree: {
    claimed: full,
    denied: (of, amount) => vast(of, isPercent(amount) ? 1_048_576 : 2 * toBytes(amount)),
  },
  hasFreeInodes: { claimed: full, denied: of => vast(of, 1_048_576) },
};

export const mountsSaboteurs: SaboteursOf<'mounts'> = {
  only: { claimed: () => over({ path: '/tmp/sabotage' }), denied: () => start({ bare: true }) },
  none: { claimed: () => over({ path: '/tmp/sabotage' }), denied: () => start({ bare: true }) },
};
