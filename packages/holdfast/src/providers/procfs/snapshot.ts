import type { FileHandle } from 'node:fs/promises';
import pLimit from 'p-limit';
import type { Snapshot, Unseen, Wanted } from '../../ports/looking/snapshot.ts';
import type { HeldProcess } from './held-process.ts';
import { kernelParameter } from './kernel.ts';
import { environmentOf, networkOf } from './own-texts.ts';
import { type ByNamespace, processesOf } from './processes.ts';
import { lookAtFile, lookIntoFolder } from './tree/look-at-file.ts';
import { spaceAt } from './tree/space.ts';
import { treeAt } from './tree/tree.ts';

/** A container that is being looked at, or the machine. */
export interface Container {
  /** What its control group has in its name; absent for the machine. */
  readonly group?: string;
  readonly first: HeldProcess;
  /** All processes of the machine. */
  readonly all: () => Promise<ByNamespace>;
  /** Its root folder. */
  readonly root: FileHandle;
  readonly at: number;
  /** Aborted when nobody waits any more. */
  readonly late: AbortSignal;
  /** What is then said of what was not read. */
  readonly lateness: string;
}

/** Reads all that is wanted, at once. What goes wrong with one thing is that thing's alone. */
export async function snapshotOf(container: Container, wanted: Wanted): Promise<Snapshot> {
  const { first, all, root, group, at, late } = container;
  await using tree = treeAt(root, late);
  const each = eachOf(container);
  const [files, folders, space, kernel, network, processes, mounts, environment] = await Promise.all([
    byPath(wanted.files, file => each(() => lookAtFile(tree, file))),
    byName(wanted.folders, path => each(() => lookIntoFolder(tree, path))),
    byName(wanted.space, path => each(() => spaceAt(tree, path))),
    byName(wanted.kernel, name => each(() => kernelParameter(first, name))),
    wanted.network ? each(() => networkOf(first)) : undefined,
    wanted.processes ? each(() => processesOf(first, group, wanted.sockets, all)) : undefined,
    wanted.mounts ? each(async () => ({ text: await first.read('mountinfo') })) : undefined,
    wanted.environment ? each(() => environmentOf(first)) : undefined,
  ]);
  return {
    at,
    files,
    folders,
    space,
    kernel,
    ...(network && { network }),
    ...(processes && { processes }),
    ...(mounts && { mounts }),
    ...(environment && { environment }),
  };
}

/** As many as are looked at together: more are not faster, and each holds some of this process's few descriptors. */
const atOnce = 32;

type Each = <T>(look: () => Promise<T | Unseen>) => Promise<T | Unseen>;

/** What can't be read says why; what hangs, in a file system that does, is not waited for. */
function eachOf({ late, lateness }: Container): Each {
  const limit = pLimit(atOnce);
  const { promise: tooLate, resolve } = Promise.withResolvers<Unseen>();
  late.addEventListener('abort', () => resolve({ unknown: lateness }), { once: true });
  return look => Promise.race([tooLate, limit(() => look().catch(unread))]);
}

const unread = (error: NodeJS.ErrnoException): Unseen => ({
  elsewhere: `it can't be read: ${error.code ?? error.message}`,
});

const byPath = <W extends { readonly path: string }, T>(all: readonly W[], look: (wanted: W) => Promise<T>) =>
  byKey(all, ({ path }) => path, look);

const byName = <T>(all: readonly string[], look: (name: string) => Promise<T>) => byKey(all, name => name, look);

async function byKey<W, T>(
  all: readonly W[],
  keyOf: (wanted: W) => string,
  look: (wanted: W) => Promise<T>,
): Promise<ReadonlyMap<string, T>> {
  return new Map(await Promise.all(all.map(async one => [keyOf(one), await look(one)] as const)));
}
