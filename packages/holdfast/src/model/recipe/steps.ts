import { posix } from 'node:path';
import * as z from 'zod/mini';
import type { Callee } from '../declaration/call-site.ts';
import { holds } from '../declaration/holds.ts';
import { members, rule } from '../declaration/rule.ts';
import { absolutePath, command, flag, relativePath, someText, wholeNumber } from '../rules.ts';
import type { StepSpec } from '../spec/recipe.ts';
import { globs, ignoreLines, npmNames, octalMode, omitted, owner, packageNames, userName, version } from './rules.ts';

const mark: unique symbol = Symbol.for('holdfast.step') as never;

/** One step of a recipe: a layer of the image. Made by {@link packages}, {@link nodejs}, {@link npm}.ci and others. */
export interface Step {
  readonly [mark]: StepSpec;
}

export const isStep = (value: unknown): value is Step => typeof value === 'object' && value !== null && mark in value;

export const specOfStep = (step: Step): StepSpec => step[mark];

const step = (spec: StepSpec): Step => ({ [mark]: spec });

/** Stands for a step that is wrong: the declaration fails at its end, and nothing of it is used. */
const failed = step({ do: 'packages', packages: [], exclude: [] });

/** A step as it is told, or one that stands for it where that is wrong. */
export const make = (
  schema: z.ZodMiniType,
  given: unknown,
  name: string,
  callee: Callee,
  spec: () => StepSpec,
): Step => (holds(schema, given, name, callee) ? step(spec()) : failed);

export interface PackagesOptions {
  /** Globs of absolute paths that are left out, besides those that the base leaves out. */
  readonly exclude?: readonly string[];
}

const packagesSchema = members({ names: packageNames, options: members({ exclude: z.optional(globs) }) });

/** Adds Debian packages, with what they depend on, to what the steps before have installed. */
export function packages(names: readonly string[], options: PackagesOptions = {}): Step {
  return make(packagesSchema, { names, options }, 'packages', packages, () => ({
    do: 'packages',
    packages: [...new Set(names)].sort(),
    exclude: [...new Set(options.exclude ?? [])].sort(),
  }));
}

export interface NodejsOptions {
  /** Whether npm and npx are there as well. Default false: what runs needs none. */
  readonly npm?: boolean;
}

const nodejsSchema = members({ version, options: members({ npm: z.optional(flag) }) });

/** Adds Node.js as `/usr/local/bin/node`: the newest of the version that is named, as `holdfast.lock` holds it. */
export function nodejs(version: string, options: NodejsOptions = {}): Step {
  return make(nodejsSchema, { version, options }, 'nodejs', nodejs, () => ({
    do: 'nodejs',
    version,
    npm: options.npm ?? false,
  }));
}

export interface NpmCiOptions {
  /** Absolute path in the image that `node_modules` appears in. Default `'/app'`. */
  readonly to?: string;
  /** Kinds of dependencies to leave out. Default none. */
  readonly omit?: 'dev' | 'optional' | 'peer' | readonly ('dev' | 'optional' | 'peer')[];
  /** Packages whose install scripts may run, in a container without network. Default none. */
  readonly scripts?: readonly string[];
}

const npmCiSchema = members({
  folder: relativePath,
  options: members({ to: z.optional(absolutePath), omit: z.optional(omitted), scripts: z.optional(npmNames) }),
});

export const npm = {
  /** Installs exactly what `package-lock.json` in the folder names. */
  ci: function ci(folder: string, options: NpmCiOptions = {}): Step {
    return make(npmCiSchema, { folder, options }, 'npm.ci', ci, () => ({
      do: 'npm-ci',
      folder: posix.normalize(folder),
      to: options.to ?? '/app',
      omit: [...new Set([options.omit ?? []].flat())].sort(),
      scripts: [...new Set(options.scripts ?? [])].sort(),
    }));
  },
};

export interface CopyOptions {
  /** Default `'0:0'`: what runs can't change it. */
  readonly owner?: string;
  /** Octal mode of the files. Default `'0644'`, or `'0755'` for those that are executable. */
  readonly mode?: string;
  /** Lines as in `.dockerignore`, after those of the folder's own `.dockerignore`. */
  readonly ignore?: readonly string[];
}

const copySchema = members({
  from: relativePath,
  to: absolutePath,
  options: members({
    owner: z.optional(owner),
    mode: z.optional(octalMode),
    ignore: z.optional(ignoreLines),
  }),
});

/** Puts a file, or what is in a folder, at a path of the image. `node_modules` stays out: that is what `npm.ci` is for. */
export function copy(from: string, to: string, options: CopyOptions = {}): Step {
  return make(copySchema, { from, to, options }, 'copy', copy, () => ({
    do: 'copy',
    from: posix.normalize(from),
    to,
    owner: options.owner ?? '0:0',
    ...(options.mode && { mode: options.mode }),
    ignore: options.ignore ?? [],
  }));
}

export interface RunOptions {
  /** Who runs it. Default `'root'`. */
  readonly user?: string;
  /** Default `'/'`. */
  readonly workdir?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it may reach the world, by a proxy that records which hosts. Default false. */
  readonly network?: boolean;
}

const line = rule<string | readonly string[]>(
  {
    is: 'a line for a shell, or an array of arguments',
    fix: "write run('make install') or run(['make', 'install'])",
  },
  value => (typeof value === 'string' ? value.trim() !== '' : command.safeParse(value).success),
);

const runSchema = members({
  command: line,
  options: members({
    user: z.optional(owner),
    workdir: z.optional(absolutePath),
    env: z.optional(z.record(z.string(), z.string())),
    network: z.optional(flag),
  }),
});

/** Runs a command in a throwaway container, without network unless asked for. What it leaves is the layer. */
export function run(command: string | readonly string[], options: RunOptions = {}): Step {
  return make(runSchema, { command, options }, 'run', run, () => ({
    do: 'run',
    command: typeof command === 'string' ? ['sh', '-ec', command] : command,
    user: options.user ?? 'root',
    workdir: options.workdir ?? '/',
    env: options.env ?? {},
    network: options.network ?? false,
  }));
}

export interface UserOptions {
  /** Also the id of its group. Default 10001. */
  readonly uid?: number;
  /** Default `'/nonexistent'`. */
  readonly home?: string;
  /** Default `'/usr/sbin/nologin'`. */
  readonly shell?: string;
}

const userSchema = members({
  name: userName,
  options: members({
    uid: z.optional(wholeNumber(1, 4_294_967_294, 'these are the ids that there are, and 0 is root')),
    home: z.optional(absolutePath),
    shell: z.optional(someText),
  }),
});

/** Adds a user and a group of its name, before packages or files that want it. */
export function user(name: string, options: UserOptions = {}): Step {
  return make(userSchema, { name, options }, 'user', user, () => ({
    do: 'user',
    name,
    uid: options.uid ?? 10_001,
    home: options.home ?? '/nonexistent',
    shell: options.shell ?? '/usr/sbin/nologin',
  }));
}
