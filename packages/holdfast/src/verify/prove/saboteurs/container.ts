import { toBytes } from '../../../kit/size.ts';
import { start, unproven } from '../sabotage.ts';
import type { Saboteur, SaboteursOf } from '../saboteur.ts';

const isRoot = (user: string): boolean => /^(root|0)(:|$)/.test(user);

/** Any copy makes it red as it is. */
const asItIs = start({});

const capability = (but: readonly string[]): readonly string[] => [
  ['CHOWN', 'FOWNER', 'KILL', 'SETGID', 'SETUID', 'NET_RAW', 'MKNOD'].find(one => !but.includes(one)) ?? 'SYS_NICE',
];

/** Holdfast starts nothing that may do so: a copy that may would be a hole in its host. */
const neverAllowed: Saboteur<'container', readonly unknown[]> = {
  claimed: () => asItIs,
  denied: () => unproven('a copy that may do so would be a hole in its host'),
};

const anotherImage = unproven('a copy of another image would be a copy of something else');

export const containerSaboteurs: SaboteursOf<'container'> = {
  runsAs: {
    claimed: (_, user) => start({ user: isRoot(user) ? '64997:64997' : '0:0' }),
    denied: (_, user) => start({ user }),
  },
  isReadOnly: { claimed: () => start({ readOnly: false }), denied: () => start({ readOnly: true }) },
  isPrivileged: neverAllowed,
  canGainPrivileges: neverAllowed,
  hasCapability: {
    claimed: () => start({ capabilities: [] }),
    denied: (_, name) => start({ capabilities: [name] }),
  },
  hasNoCapability: {
    claimed: () => start({ capabilities: capability([]) }),
    denied: () => start({ capabilities: [] }),
  },
  hasOnlyCapabilities: {
    claimed: (_, names) => start({ capabilities: [...names, ...capability(names)] }),
    denied: () => start({ capabilities: [] }),
  },
  hasMemoryLimit: {
    claimed: () => start({ limits: { memory: null } }),
    denied: (_, most) => start({ limits: { memory: toBytes(most) } }),
  },
  hasCpuLimit: {
    claimed: () => start({ limits: { cpu: null } }),
    denied: (_, most) => start({ limits: { cpu: Math.round(most * 1_000) } }),
  },
  hasProcessLimit: {
    claimed: (_, most) => start({ limits: { processes: most + 1 } }),
    denied: (_, most) => start({ limits: { processes: most } }),
  },
  runsImage: { claimed: () => anotherImage, denied: () => anotherImage },
  wasRestarted: { claimed: () => asItIs, denied: () => start({ command: ['false'], restart: 'always' }) },
};
