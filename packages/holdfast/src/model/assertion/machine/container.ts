import type { Json } from '../../../kit/json.ts';
import { type Size, spellSize, toBytes } from '../../../kit/size.ts';
import { rule } from '../../declaration/rule.ts';
import type { ContainerFacts } from '../facts/machine.ts';
import type { Matcher } from '../matcher.ts';
import { counted, joined, listed } from '../words/found.ts';
import { count, digest, name, size } from '../words/given.ts';

type On<A extends readonly Json[] = []> = Matcher<ContainerFacts, A>;

const runsAs: On<[user: string]> = {
  says: user => `runs as ${user}`,
  takes: [name],
  holds: ({ user }, wanted) => (user || 'root') === wanted,
  found: ({ user }) => `user ${user || 'root'}`,
};

const isReadOnly: On = {
  says: () => 'has a read-only root',
  holds: ({ readOnlyRoot }) => readOnlyRoot,
  found: ({ readOnlyRoot }) => (readOnlyRoot ? 'its root is read-only' : 'its root can be written to'),
};

const isPrivileged: On = {
  says: () => 'is privileged',
  holds: ({ privileged }) => privileged,
  found: ({ privileged }) => (privileged ? 'it is' : 'it is not'),
};

const canGainPrivileges: On = {
  says: () => 'can gain privileges',
  holds: ({ noNewPrivileges }) => !noNewPrivileges,
  found: ({ noNewPrivileges }) => (noNewPrivileges ? 'no new privileges' : 'new privileges are allowed'),
};

const isCapability = (value: unknown): boolean => typeof value === 'string' && /^(?!CAP_)[A-Z][A-Z_]+$/.test(value);

const capability = rule<string>(
  { is: 'a capability of Linux, without CAP_', fix: "write it as in 'NET_BIND_SERVICE'" },
  isCapability,
);

const capable = ({ capabilities }: ContainerFacts): string => listed(capabilities, 'no capability');

const hasCapability: On<[name: string]> = {
  says: wanted => `has the capability ${wanted}`,
  takes: [capability],
  holds: ({ capabilities }, wanted) => capabilities.includes(wanted),
  found: capable,
};

const hasNoCapability: On = {
  says: () => 'has no capability',
  denies: () => 'has a capability',
  holds: ({ capabilities }) => capabilities.length === 0,
  found: capable,
};

const capabilities = rule<readonly string[]>(
  {
    is: 'an array of capabilities of Linux that differ, with at least one in it',
    why: 'what has none at all is said with .hasNoCapability()',
    fix: "write it as in ['NET_BIND_SERVICE']",
  },
  value =>
    Array.isArray(value) && value.length > 0 && new Set(value).size === value.length && value.every(isCapability),
);

const hasOnlyCapabilities: On<[names: readonly string[]]> = {
  says: wanted => `has no capability but ${joined(wanted)}`,
  denies: wanted => `has another capability than ${joined(wanted)}`,
  takes: [capabilities],
  holds: (facts, wanted) => facts.capabilities.every(one => wanted.includes(one)),
  found: capable,
};

const hasMemoryLimit: On<[most: Size]> = {
  says: most => `may take no more memory than ${most}`,
  denies: most => `may take more memory than ${most}`,
  takes: [size],
  holds: ({ memory = Number.POSITIVE_INFINITY }, most) => memory <= toBytes(most),
  found: ({ memory }) => (memory === undefined ? 'it has no limit' : `${spellSize(memory)}`),
};

const processors = rule<number>(
  { is: 'a number of processors above 0', fix: 'write it as in 0.5 or 2' },
  value => Number.isFinite(value) && Number(value) > 0,
);

const hasCpuLimit: On<[most: number]> = {
  says: most => `may take no more than ${counted(most, 'processor')}`,
  denies: most => `may take more than ${counted(most, 'processor')}`,
  takes: [processors],
  holds: ({ cpu = Number.POSITIVE_INFINITY }, most) => cpu <= Math.round(most * 1_000),
  found: ({ cpu }) => (cpu === undefined ? 'it has no limit' : counted(cpu / 1_000, 'processor')),
};

const hasProcessLimit: On<[most: number]> = {
  says: most => `may have no more than ${counted(most, 'thread')}`,
  denies: most => `may have more than ${counted(most, 'thread')}`,
  takes: [count],
  holds: ({ processes = Number.POSITIVE_INFINITY }, most) => processes <= most,
  found: ({ processes }) => (processes === undefined ? 'it has no limit' : counted(processes, 'thread')),
};

const runsImage: On<[digest: string]> = {
  says: wanted => `runs the image ${wanted}`,
  takes: [digest],
  holds: ({ image }, wanted) => image === wanted,
  found: ({ image }) => image,
};

const wasRestarted: On = {
  says: () => 'was restarted',
  denies: () => 'was never restarted',
  holds: ({ restarts }) => restarts > 0,
  found: ({ restarts }) => counted(restarts, 'restart'),
};

/** What can be said of a container. */
export const containerMatchers = {
  /** As it was created: `'app'`, `'10001:10001'`. */
  runsAs,
  isReadOnly,
  isPrivileged,
  /** Its processes may become more than they were started as, by a set-id bit. */
  canGainPrivileges,
  /** Without `CAP_`: `'NET_BIND_SERVICE'`. */
  hasCapability,
  hasNoCapability,
  /** These, or fewer, and no others. */
  hasOnlyCapabilities,
  /** It has a limit, and no higher one: `'512MB'`. */
  hasMemoryLimit,
  /** It has a limit, and no higher one, in processors: `0.5`. */
  hasCpuLimit,
  /** It has a limit, and no higher one, of processes and threads. */
  hasProcessLimit,
  /** `'sha256:…'`. */
  runsImage,
  /** The engine started it again after it had ended. */
  wasRestarted,
};
