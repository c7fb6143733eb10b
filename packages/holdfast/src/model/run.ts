import { type Size, toBytes } from '../kit/size.ts';
import { needsOfHandles } from './declaration/call.ts';
import { addressOfHandle } from './declaration/handle.ts';
import { isLater, type Later } from './declaration/later.ts';
import type { CommonOptions } from './declaration/options.ts';
import type { ImageHandle } from './image.ts';
import type { NetworkHandle } from './network.ts';
import type { Reach } from './reached.ts';
import { needsOf, type Ref, toValue, type ValueInput } from './ref.ts';
import { isFileOptions } from './run/members.ts';
import type { SecretHandle } from './secret.ts';
import type { FileSpec, Limits, RunSpec } from './spec/service-spec.ts';
import type { Value } from './value.ts';
import type { VolumeHandle } from './volume.ts';

/** A text that is known now or later, or secret. */
export type TextInput = string | number | boolean | Ref<string> | Ref<number> | SecretHandle;

export interface FileOptions {
  readonly content: TextInput;
  /** Octal text. Default `'0444'`; `'0400'` for a secret where `user` is given as a number. */
  readonly mode?: string;
  /** `'uid:gid'` in numbers. Default: the `user`, where that is given in numbers, else `'0:0'`. */
  readonly owner?: string;
}

export interface LimitOptions {
  /** Memory. Default: no limit. */
  readonly memory?: Size;
  /** Processors, as in 0.5. Default: no limit. */
  readonly cpus?: number;
  /** Processes and threads. Default 1024. */
  readonly processes?: number;
}

/** What any container is run with. */
export interface RunOptions extends CommonOptions {
  readonly image: ImageHandle;
  /** The one network that it is on; or several, of which the first has the way out. */
  readonly network?: NetworkHandle;
  readonly networks?: readonly NetworkHandle[];
  /** Arguments. Default: the image's own. */
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly workdir?: string;
  /** Name, uid, or uid:gid. Default: the image's own. */
  readonly user?: string;
  readonly env?: Readonly<Record<string, TextInput>>;
  /** By absolute path. */
  readonly files?: Readonly<Record<string, TextInput | FileOptions>>;
  /** By absolute path. */
  readonly mounts?: Readonly<Record<string, VolumeHandle>>;
  readonly limits?: LimitOptions;
  /** Whether the root file system is read-only. Default false. */
  readonly readOnly?: boolean;
  /** Linux capabilities to add to none, as in `'NET_BIND_SERVICE'`. Default none. */
  readonly capabilities?: readonly string[];
  /**
   * Addresses by the names that it is to know them by, as in `{ 'db-1': inner.address(11) }`: a name that an engine
   * answers for goes with the container that has it, and these stay. IPv4.
   */
  readonly hosts?: Readonly<Record<string, Ref<string> | string>>;
  /**
   * `'engine'`: it has the socket of the engine that it is on, and so is root on the engine's machine. `'journal'`: it reads and
   * writes the environment's journal. Where it says no `user`, it is whoever has the journal's folder, else root. Default none.
   */
  readonly reaches?: readonly Reach[];
  /** The database cluster of which it is a server. A part such as `postgres` says so of what it declares. */
  readonly cluster?: string;
}

export const networksOf = ({ network, networks = [] }: Pick<RunOptions, 'network' | 'networks'>) =>
  network ? [network] : networks;

/** The plain data of what is run. */
export function runSpec(options: RunOptions): RunSpec {
  const { entrypoint, command, workdir, user, hosts, reaches, cluster } = options;
  return {
    image: addressOfHandle(options.image),
    networks: networksOf(options).map(addressOfHandle),
    ...(entrypoint && { entrypoint }),
    ...(command && { command }),
    ...(workdir && { workdir }),
    ...(user && { user }),
    env: mapValues(options.env, toValue),
    files: mapValues(options.files, given => fileSpec(given, user)),
    mounts: mapValues(options.mounts, addressOfHandle),
    limits: limitsOf(options.limits ?? {}),
    readOnly: options.readOnly ?? false,
    capabilities: [...new Set(options.capabilities?.map(name => name.replace(/^CAP_/, '')))].sort(),
    ...(hosts && { hosts: mapValues(hosts, toValue) }),
    ...(reaches?.length && { reaches: [...new Set(reaches)].sort() }),
    ...(cluster && { cluster }),
  };
}

/** All that it is told. */
export const valuesOfRun = ({ env, files, hosts = {} }: RunSpec): readonly Value[] => [
  ...Object.values(env),
  ...Object.values(files).map(({ content }) => content),
  ...Object.values(hosts),
];

/** What must be there before it can run. */
export const needsOfRun = (options: RunOptions, spec: RunSpec) => [
  ...needsOfHandles([options.image, ...networksOf(options), ...Object.values(options.mounts ?? {})]),
  ...valuesOfRun(spec).flatMap(needsOf),
];

function fileSpec(given: TextInput | FileOptions, user: string | undefined): FileSpec {
  const { content, mode, owner } = isFileOptions(given) ? given : { content: given };
  const [uid, gid = uid] = user && /^\d+(:\d+)?$/.test(user) ? user.split(':') : [];
  const narrow = isSecretInput(content) && uid !== undefined;
  return {
    content: toValue(content),
    mode: (mode ?? (narrow ? '0400' : '0444')).padStart(4, '0'),
    owner: owner ?? (uid === undefined ? '0:0' : `${uid}:${gid}`),
  };
}

/** A text may be made of secrets: then it is as secret as they are. */
const isSecretInput = (content: ValueInput | Later): boolean =>
  isLater(content) && needsOf(toValue(content)).some(need => need.startsWith('secret/'));

const limitsOf = ({ memory, cpus, processes = 1_024 }: LimitOptions): Limits => ({
  ...(memory && { memory: toBytes(memory) }),
  ...(cpus && { cpu: Math.round(cpus * 1_000) }),
  processes,
});

const mapValues = <A, B>(record: Readonly<Record<string, A>> = {}, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
