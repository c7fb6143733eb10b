import { posix } from 'node:path';
import { exitCode, Problem } from '../../../kit/problem.ts';
import type { StepOf } from '../../../model/spec/recipe.ts';
import { contentOf } from './bins.ts';
import { folderName } from './lock.ts';
import type { Tree } from './place.ts';
import type { Selected } from './selection.ts';

export interface InstallScript {
  /** For people: `bcrypt install`. */
  readonly about: string;
  /** Absolute. */
  readonly workdir: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface InstallScripts {
  /** In the order in which they must run. */
  readonly run: readonly InstallScript[];
  /** Names of packages that have scripts which don't run, since the step does not name them; sorted. */
  readonly left: readonly string[];
}

const events = ['preinstall', 'install', 'postinstall'] as const;

/** The scripts of the packages that the step names. Throws a Problem for a name that is not installed. */
export async function installScripts(
  tree: Tree,
  packages: readonly Selected[],
  { scripts, to }: StepOf<'npm-ci'>,
  where: string,
): Promise<InstallScripts> {
  const isNamed = ({ name, location }: Selected) => scripts.includes(name) || scripts.includes(folderName(location));
  for (const name of scripts) if (!packages.some(one => isNamedBy(one, name))) throw notInstalled(name, where);
  const named = await Promise.all(
    packages.filter(isNamed).map(async one => ({ one, lines: await linesOf(tree, one) })),
  );
  const left = packages.filter(one => one.entry.hasInstallScript && !isNamed(one)).map(({ name }) => name);
  const run = events.flatMap(event =>
    named.flatMap(({ one, lines }) => (lines[event] ? [scriptOf(one, event, lines[event], to)] : [])),
  );
  return { run, left: [...new Set(left)].sort() };
}

const isNamedBy = ({ name, location }: Selected, given: string): boolean =>
  [name, folderName(location)].includes(given);

type Lines = Partial<Record<(typeof events)[number], string>>;

/** npm builds what has a binding.gyp and says nothing of how it is installed. */
async function linesOf(tree: Tree, { location }: Selected): Promise<Lines> {
  const file = tree.get(posix.join(location, 'package.json'));
  if (!file) return {};
  const { scripts = {}, gypfile } = JSON.parse((await contentOf(file)).toString()) as {
    readonly scripts?: Lines;
    readonly gypfile?: boolean;
  };
  const isGyp = gypfile !== false && tree.has(posix.join(location, 'binding.gyp'));
  return isGyp && !scripts.install && !scripts.preinstall ? { ...scripts, install: 'node-gyp rebuild' } : scripts;
}

function scriptOf({ name, location, entry }: Selected, event: string, line: string, to: string): InstallScript {
  const workdir = posix.join(to, location);
  return {
    about: `${name} ${event}`,
    workdir,
    command: ['sh', '-c', line],
    env: {
      PATH: `${binFolders(to, location).join(':')}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
      INIT_CWD: to,
      npm_lifecycle_event: event,
      npm_lifecycle_script: line,
      npm_package_json: posix.join(workdir, 'package.json'),
      npm_package_name: name,
      npm_package_version: entry.version ?? '',
    },
  };
}

/** Of the package itself and of each folder above it, as npm's run-script has it. */
function binFolders(to: string, location: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = location; folder !== '.'; folder = posix.dirname(folder))
    if (posix.basename(folder) !== 'node_modules') folders.push(posix.join(to, folder, 'node_modules/.bin'));
  return [...folders, posix.join(to, 'node_modules/.bin')];
}

const notInstalled = (name: string, where: string): Problem =>
  new Problem({
    what: `npm.ci is to run the scripts of ${name}, which is not installed`,
    where,
    why: 'package-lock.json does not name it, or it is left out with `omit` or for the platform',
    fix: 'take it out of `scripts`, or correct its name',
    exit: exitCode.wrongUse,
  });
