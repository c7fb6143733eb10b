import { digestOf } from '../../kit/hash.ts';
import type { DebianSpec, ImageConfig, RecipeSpec, StepOf } from '../../model/spec/recipe.ts';
import type { Architecture, LockedPackage } from '../../ports/distribution.ts';
import type { FileHashes } from '../file-hashes.ts';
import type { FoundInstall, LockBook } from '../lock/lock-book.ts';
import { copyInputs } from '../steps/copy.ts';
import { holdfastInputs, type OwnPackage } from '../steps/holdfast.ts';
import { nodePackageFor } from '../steps/nodejs.ts';
import { npmInputs, tarballsOf } from '../steps/npm-ci.ts';
import { copiedFiles } from './copied-files.ts';
import { type AnyStep, withImpliedUsers } from './implied-users.ts';
import type { LockedStep, LockedStepOf } from './locked-step.ts';

/** A recipe of which every package and every file is known. */
export interface LockedRecipe {
  readonly architecture: Architecture;
  /** The base first. */
  readonly steps: readonly LockedStep[];
  readonly config: ImageConfig;
}

export interface RecipeGround {
  /** The folder of `system.ts`. */
  readonly root: string;
  readonly architecture: Architecture;
  readonly book: LockBook;
  readonly hashes: FileHashes;
  readonly ownPackage: OwnPackage;
}

/** Raised when the same inputs are to give other bits, since baking itself has changed. */
export const bakeFormat = 1;

/** SHA-256 over all that an image is made of. */
export const inputsOf = ({ architecture, steps, config }: LockedRecipe): string =>
  digestOf({ bakeFormat, architecture, steps: steps.map(({ inputs, epoch }) => ({ inputs, epoch })), config });

/** Looks every package up in the lock, which finds what it lacks, and reads the files that the steps name. */
export async function lockedRecipe({ base, steps, config }: RecipeSpec, ground: RecipeGround): Promise<LockedRecipe> {
  const first = await lockedBase(base, ground);
  let stand: Stand = { base, install: first.install, all: first.install.packages };
  const locked: LockedStep[] = [first];
  for (const step of withImpliedUsers(steps, config.user)) {
    const next = await lockedStep(step, stand, ground);
    if (next.do === 'packages') stand = grown(stand, next.install);
    locked.push(next);
  }
  await ground.hashes.save();
  return { architecture: ground.architecture, steps: locked, config };
}

/** How far a recipe has come: what is installed by then. */
interface Stand {
  readonly base: DebianSpec;
  readonly install: FoundInstall;
  readonly all: readonly LockedPackage[];
}

const grown = (stand: Stand, install: FoundInstall): Stand => ({
  ...stand,
  install: { ...install, epoch: Math.max(stand.install.epoch, install.epoch) },
  all: [...stand.all, ...install.packages],
});

async function lockedBase(base: DebianSpec, { book }: RecipeGround): Promise<LockedStepOf<'packages'>> {
  const { suite, set, packages, exclude, mirror } = base;
  const place = { suite, ...(mirror !== undefined && { mirror }) };
  const install = await book.install({ ...place, set, packages });
  return installStep([`debian ${suite}`, ...packages].join(' '), install, { ...place, exclude }, install.epoch);
}

const installStep = (
  about: string,
  install: FoundInstall,
  details: LockedStepOf<'packages'>['details'],
  epoch: number,
): LockedStepOf<'packages'> => ({
  do: 'packages',
  about,
  install,
  details,
  inputs: { do: 'packages', debs: install.packages.map(({ sha256 }) => sha256), exclude: details.exclude },
  epoch,
});

async function lockedStep(step: AnyStep, stand: Stand, ground: RecipeGround): Promise<LockedStep> {
  const { epoch } = stand.install;
  switch (step.do) {
    case 'packages':
      return lockedPackages(step, stand, ground);
    case 'nodejs':
      return lockedNode(step, epoch, ground);
    case 'npm-ci':
      return lockedNpm(step, epoch, ground);
    case 'copy':
      return lockedCopy(step, epoch, ground);
    case 'holdfast':
      return lockedHoldfast(step, epoch, ground);
    case 'run':
      return { do: 'run', about: `run ${inOneLine(step.command)}`, step, inputs: step, epoch };
    case 'user':
      return { do: 'user', about: `user ${step.name}`, step, isImplied: false, inputs: step, epoch };
    case 'implied-user': {
      const user = { ...step, do: 'user' } as const;
      return { do: 'user', about: `user ${step.name}`, step: user, isImplied: true, inputs: step, epoch };
    }
  }
}

/** The first line of a script says enough of it. */
function inOneLine(command: readonly string[]): string {
  const [first = '', ...more] = command.join(' ').split('\n');
  return more.length > 0 ? `${first} …` : first;
}

async function lockedPackages(
  { packages, exclude }: StepOf<'packages'>,
  { base, install: below, all }: Stand,
  { book }: RecipeGround,
): Promise<LockedStep> {
  const place = { suite: base.suite, ...(base.mirror !== undefined && { mirror: base.mirror }) };
  const install = await book.install({ ...place, packages, below: { ...below, all } });
  const details = { ...place, exclude: [...new Set([...base.exclude, ...exclude])].sort() };
  return installStep(`packages ${packages.join(' ')}`, install, details, Math.max(below.epoch, install.epoch));
}

async function lockedCopy(step: StepOf<'copy'>, epoch: number, { root, hashes }: RecipeGround): Promise<LockedStep> {
  const entries = await copyInputs(root, step, hashes);
  const inputs = { ...step, entries };
  return { do: 'copy', about: `copy ${step.from} ${step.to}`, step, files: copiedFiles(step, entries), inputs, epoch };
}

async function lockedHoldfast(
  step: StepOf<'holdfast'>,
  epoch: number,
  { ownPackage, hashes }: RecipeGround,
): Promise<LockedStep> {
  const entries = await holdfastInputs(await ownPackage(), step, hashes);
  const files = copiedFiles({ from: 'holdfast' }, entries);
  return { do: 'holdfast', about: `holdfast ${step.to}`, step, files, inputs: { ...step, entries }, epoch };
}

async function lockedNode(step: StepOf<'nodejs'>, epoch: number, ground: RecipeGround): Promise<LockedStep> {
  const { book, architecture } = ground;
  const node = await book.tarball(nodePackageFor(architecture), step.version);
  const tarballs = step.npm ? [node, await book.tarball('npm', '11')] : [node];
  const inputs = { do: step.do, tarballs: tarballs.map(({ integrity }) => integrity) };
  return { do: 'nodejs', about: `nodejs ${node.version}`, step, tarballs, inputs, epoch };
}

async function lockedNpm(step: StepOf<'npm-ci'>, epoch: number, ground: RecipeGround): Promise<LockedStep> {
  const tarballs = await tarballsOf(ground.root, step, ground.architecture);
  ground.book.note(tarballs);
  const files = await npmInputs(ground.root, step);
  return { do: 'npm-ci', about: `npm ci ${step.folder}`, step, tarballs, files, inputs: { ...step, files }, epoch };
}
