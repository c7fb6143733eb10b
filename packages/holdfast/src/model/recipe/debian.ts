import * as z from 'zod/mini';
import { holds } from '../declaration/holds.ts';
import { members, rule } from '../declaration/rule.ts';
import type { DebianSpec } from '../spec/recipe.ts';
import { globs, packageNames } from './rules.ts';

const mark: unique symbol = Symbol.for('holdfast.base') as never;

/** What a recipe begins with. Made by {@link debian}. */
export interface Base {
  readonly [mark]: DebianSpec;
}

export interface DebianOptions {
  /** Packages by name, with what they depend on; what they recommend stays out. */
  readonly packages?: readonly string[];
  /** What is there besides: `'essential'`, or `'minbase'` with apt and all of Priority: required. Default `'essential'`. */
  readonly set?: 'essential' | 'minbase';
  /** Globs of absolute paths that are left out. Default: documentation, manuals and translations. */
  readonly exclude?: readonly string[];
  /** An http(s) URL to fetch packages from. Default: HOLDFAST_DEBIAN_MIRROR, else this machine's own apt sources. */
  readonly mirror?: string;
}

/**
 * What no container needs to run: 48 MB of 267 with Node.js. Copyright files stay, as the licences want; so do the folders of
 * manuals, in which some packages make links while they are configured. By dpkg's rules, where `*` takes a slash too.
 */
export const leftOut: readonly string[] = [
  '/usr/share/doc/*/*.gz',
  '/usr/share/doc/*/[!c]*',
  '/usr/share/doc/*/c[!o]*',
  '/usr/share/doc/*/co[!p]*',
  '/usr/share/groff/*',
  '/usr/share/info/*',
  '/usr/share/linda/*',
  '/usr/share/lintian/*',
  '/usr/share/locale/*',
  '/usr/share/man/*/*',
  '/usr/share/man/[!m]*',
];

const suite = rule<string>(
  {
    is: 'the code name of a Debian release',
    why: "'stable' means another release after the next one",
    fix: "write it as in 'bookworm'",
  },
  value => typeof value === 'string' && /^[a-z]+$/.test(value) && !/^(old)*stable$|^testing$|^unstable$/.test(value),
);

const set = rule<'essential' | 'minbase'>(
  { is: "'essential' or 'minbase'" },
  value => value === 'essential' || value === 'minbase',
);

const mirror = rule<string>(
  { is: 'an http or https URL', fix: "write it as in 'https://mirror.example/debian'" },
  value => typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value),
);

const schema = members({
  suite,
  options: members({
    packages: z.optional(packageNames),
    set: z.optional(set),
    exclude: z.optional(globs),
    mirror: z.optional(mirror),
  }),
});

const failed: Base = { [mark]: { suite: '', set: 'essential', packages: [], exclude: [] } };

/** Begins an image with packages of a Debian release, at the versions that `holdfast.lock` holds. */
export function debian(suite: string, options: DebianOptions = {}): Base {
  if (!holds(schema, { suite, options }, 'debian', debian)) return failed;
  const { packages = [], set = 'essential', exclude = leftOut, mirror } = options;
  return {
    [mark]: {
      suite,
      set,
      packages: [...new Set(packages)].sort(),
      exclude: [...new Set(exclude)].sort(),
      ...(mirror && { mirror: mirror.replace(/\/+$/, '') }),
    },
  };
}

export const isBase = (value: unknown): value is Base => typeof value === 'object' && value !== null && mark in value;

export const specOfBase = (base: Base): DebianSpec => base[mark];
