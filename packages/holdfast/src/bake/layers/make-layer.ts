import type { TreeChange } from '../../kit/tree.ts';
import type { LayerBlob } from '../../ports/baked-image.ts';
import type { Kitchen } from '../../ports/bakery.ts';
import type { Architecture, Distribution, Settled } from '../../ports/distribution.ts';
import type { ImageTree } from '../../ports/image-tree.ts';
import type { NpmRegistry } from '../../ports/npm-registry.ts';
import type { LockedStep, LockedStepOf } from '../recipe/locked-step.ts';
import { copyTree } from '../steps/copy.ts';
import { holdfastTree, type OwnPackage } from '../steps/holdfast.ts';
import { nodeTree } from '../steps/nodejs.ts';
import type { InstallScript } from '../steps/npm/scripts.ts';
import { npmTree } from '../steps/npm-ci.ts';
import { idsOf, userTree } from '../steps/user.ts';
import { placed } from './placed.ts';

/** What making a layer needs of the world. */
export interface LayerGround {
  /** The folder of `system.ts`. */
  readonly root: string;
  readonly architecture: Architecture;
  readonly distribution: Distribution;
  readonly registry: NpmRegistry;
  readonly ownPackage: OwnPackage;
}

/** Where a layer is made. */
export interface LayerPlace extends LayerGround, Kitchen {
  readonly below: readonly LayerBlob[];
  /** The file system that the layers below make. */
  readonly tree: ImageTree;
  /** A folder for what is unpacked, until the layer is written. */
  readonly scratch: string;
  readonly signal: AbortSignal;
}

export interface MadeLayer extends TreeChange {
  /** Hosts that the work in a container reached. */
  readonly contacted: readonly string[];
}

/** What a step adds to, changes in and takes from what is below. */
export async function makeLayer(step: LockedStep, place: LayerPlace): Promise<MadeLayer> {
  place.onLayer?.(step.about);
  switch (step.do) {
    case 'packages':
      return installed(step, place);
    case 'run':
      return ran(step, place);
    case 'npm-ci':
      return npmInstalled(step, place);
    case 'nodejs': {
      const files = await place.registry.fetch(step.tarballs, place.signal);
      return added(
        await nodeTree(step.step, step.tarballs, files, { epoch: step.epoch, scratch: place.scratch }),
        step,
        place,
      );
    }
    case 'copy': {
      const ids = (owner: string) => idsOf(place.tree, owner);
      return added(await copyTree(place.root, step.step, { epoch: step.epoch, ids }), step, place);
    }
    case 'holdfast': {
      const context = { epoch: step.epoch, ids: () => root };
      return added(await holdfastTree(await place.ownPackage(), step.step, context), step, place);
    }
    case 'user':
      return added(
        await userTree(place.tree, step.step, { epoch: step.epoch, isImplied: step.isImplied }),
        step,
        place,
      );
  }
}

const root = { uid: 0, gid: 0 };

const added = (entries: TreeChange['entries'], { epoch }: LockedStep, { tree }: LayerPlace): MadeLayer => ({
  entries: placed(entries, tree, epoch),
  removed: [],
  contacted: [],
});

async function installed(step: LockedStepOf<'packages'>, place: LayerPlace): Promise<MadeLayer> {
  const { install, details, epoch } = step;
  const { architecture, scratch, below, tree, workshop, signal } = place;
  const request = { ...details, architecture, packages: install.packages, epoch, scratch };
  await using site = workshop.open(
    { layers: below, network: false, scratch, passing: place.distribution.passing },
    signal,
  );
  const unpacked = await place.distribution.unpack({ ...request, ...(below.length > 0 && { below: tree }) }, signal);
  if (unpacked.script === '') return { entries: unpacked.entries, removed: [], contacted: [] };
  const { contacted, ...change } = await site.work({
    about: `configure ${install.packages.length} packages`,
    fresh: unpacked.entries,
    command: ['/bin/sh', '-ec', unpacked.script],
    env: unpacked.env,
    user: 'root',
    workdir: '/',
    onOutput: place.onOutput,
  });
  const { perInstance, ...settled } = await unpacked.settled(change);
  if (perInstance.length > 0) place.onLayer?.(leftOutOf(perInstance));
  return { ...over(unpacked.entries, settled, tree), contacted };
}

/** What every instance must have of its own. */
const leftOutOf = (files: Settled['perInstance']): string =>
  `left out, since all instances would have the same: ${files.map(({ path }) => path).join(', ')} (made anew by: ${[...new Set(files.map(({ remade }) => remade))].join('; ')})`;

/** What the work changed over what was put there before it, as one change of what is below. */
export function over(fresh: TreeChange['entries'], change: TreeChange, below: ImageTree): TreeChange {
  const removed = new Set(change.removed);
  const isGone = (path: string): boolean => removed.has(path) || foldersOf(path).some(folder => removed.has(folder));
  const all = new Map(fresh.filter(({ path }) => !isGone(path)).map(entry => [entry.path, entry]));
  for (const entry of change.entries) all.set(entry.path, entry);
  return { entries: [...all.values()], removed: change.removed.filter(path => below.entry(path) !== undefined) };
}

function foldersOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) folders.push(path.slice(0, at));
  return folders;
}

async function ran({ step, about, epoch }: LockedStepOf<'run'>, place: LayerPlace): Promise<MadeLayer> {
  const { below, scratch, onOutput, signal } = place;
  const env = { ...runEnv, SOURCE_DATE_EPOCH: String(epoch), ...step.env };
  const { command, user, workdir, network } = step;
  return place.workshop.work(
    { about, layers: below, fresh: [], command, env, user, workdir, network, scratch, onOutput },
    signal,
  );
}

const runEnv = { LC_ALL: 'C.UTF-8', TZ: 'UTC', DEBIAN_FRONTEND: 'noninteractive' };

async function npmInstalled(step: LockedStepOf<'npm-ci'>, place: LayerPlace): Promise<MadeLayer> {
  const { root, architecture, scratch, signal, registry, onOutput } = place;
  const files = await registry.fetch(step.tarballs, signal);
  const { entries, scripts } = await npmTree(root, step.step, { architecture, files, epoch: step.epoch, scratch });
  if (scripts.left.length > 0)
    onOutput(`install scripts are not run of ${scripts.left.join(', ')}: name them in \`scripts\` where they must`);
  const made = added(entries, step, place);
  if (scripts.run.length === 0) return made;
  const about = `${step.about}: ${scripts.run.map(script => script.about).join(', ')}`;
  const command = ['/bin/sh', '-ec', scripts.run.map(shellLine).join('\n')];
  const { contacted, ...change } = await place.workshop.work(
    {
      about,
      layers: place.below,
      fresh: made.entries,
      command,
      env: { ...runEnv, SOURCE_DATE_EPOCH: String(step.epoch) },
      user: 'root',
      workdir: step.step.to,
      network: false,
      scratch,
      onOutput,
    },
    signal,
  );
  return { ...over(made.entries, change, place.tree), contacted };
}

/** In a shell of its own, so that neither folder nor environment stays. */
function shellLine({ workdir, env, command }: InstallScript): string {
  const settings = Object.entries(env).map(([key, value]) => `${key}=${quoted(value)}`);
  return `(cd ${quoted(workdir)} && env ${[...settings, ...command.map(quoted)].join(' ')})`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
