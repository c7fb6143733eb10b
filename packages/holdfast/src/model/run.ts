import * as z from 'zod/mini';
import { type Size, toBytes } from '../kit/size.ts';
import { needsOfHandles } from './declaration/call.ts';
import { addressOfHandle } from './declaration/handle.ts';
import { isLater, type Later } from './declaration/later.ts';
import { type CommonOptions, common, handleOf } from './declaration/options.ts';
import { members, rule } from './declaration/rule.ts';
import type { ImageHandle } from './image.ts';
import type { NetworkHandle } from './network.ts';
import { isValueInput, needsOf, type Ref, toValue, type ValueInput } from './ref.ts';
import { absolutePath, command, flag, isAbsolutePath, memory, valueInput, wholeNumber } from './rules.ts';
import type { SecretHandle } from './secret.ts';
import type { FileSpec, Limits, RunSpec } from './spec/service-spec.ts';
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
}

const keyed = (is: string, why: string, fix: string, fits: (key: string) => boolean) =>
  rule<string>({ is, why, fix }, key => typeof key === 'string' && fits(key));

const variable = keyed(
  'a name that an environment variable can have',
  'programs read variables by names of letters, digits and underscores',
  'write it as in DATABASE_HOST',
  key => /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(key),
);

const path = keyed(
  'an absolute path',
  'it names a place inside the container',
  "write it as in '/run/secrets/database', with no '.', '..' or slash at the end",
  isAbsolutePath,
);

const isMode = (mode: unknown): boolean =>
  mode === undefined || (typeof mode === 'string' && /^0?[0-7]{3}$/.test(mode));
const isOwner = (owner: unknown): boolean =>
  owner === undefined || (typeof owner === 'string' && /^\d+:\d+$/.test(owner));

const isFileOptions = (value: unknown): value is FileOptions =>
  typeof value === 'object' && value !== null && !isLater(value) && 'content' in value;

const file = rule<TextInput | FileOptions>(
  {
    is: 'the content of a file',
    why: 'a content is a text, Ref or secret; with { content, mode, owner } the mode is octal text and the owner numbers',
    fix: "write it as in { content: text`…`, mode: '0400', owner: '1000:1000' }",
  },
  value =>
    isValueInput(value) ||
    (isFileOptions(value) && isValueInput(value.content) && isMode(value.mode) && isOwner(value.owner)),
);

const limits = members({
  memory: z.optional(memory),
  cpus: z.optional(
    rule<number>(
      { is: 'a number of processors above 0', fix: 'write it as in 0.5 or 2' },
      value => typeof value === 'number' && value >= 0.01 && value <= 1_024,
    ),
  ),
  processes: z.optional(wholeNumber(1, 4_194_304, 'it is the number of processes and threads that may exist at once')),
});

const capability = rule<string>(
  {
    is: 'a Linux capability',
    why: 'a container has none but those named here',
    fix: "write it as in 'NET_BIND_SERVICE'",
  },
  value => typeof value === 'string' && /^(CAP_)?[A-Z]+(_[A-Z]+)*$/.test(value),
);

const user = rule<string>(
  { is: 'a user', fix: "write it as in 'app', '1000' or '1000:1000'" },
  value => typeof value === 'string' && /^[\w.-]+(:[\w.-]+)?$/.test(value),
);

/** The members of {@link RunOptions} besides the image. */
export const runMembers = {
  ...common,
  network: z.optional(handleOf('network')),
  networks: z.optional(z.array(handleOf('network'))),
  command: z.optional(command),
  entrypoint: z.optional(command),
  workdir: z.optional(absolutePath),
  user: z.optional(user),
  env: z.optional(z.record(variable, valueInput)),
  files: z.optional(z.record(path, file)),
  mounts: z.optional(z.record(path, handleOf('volume'))),
  limits: z.optional(limits),
  readOnly: z.optional(flag),
  capabilities: z.optional(z.array(capability)),
};

export const imageMember = handleOf('image');

export const networksOf = ({ network, networks = [] }: Pick<RunOptions, 'network' | 'networks'>) =>
  network ? [network] : networks;

/** The plain data of what is run. */
export function runSpec(options: RunOptions): RunSpec {
  const { entrypoint, command, workdir, user } = options;
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
  };
}

/** What must be there before it can run. */
export const needsOfRun = (options: RunOptions, spec: RunSpec) => [
  ...needsOfHandles([options.image, ...networksOf(options), ...Object.values(options.mounts ?? {})]),
  ...[...Object.values(spec.env), ...Object.values(spec.files).map(({ content }) => content)].flatMap(needsOf),
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
