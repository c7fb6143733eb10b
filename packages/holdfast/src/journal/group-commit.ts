import { setImmediate as nextTurn } from 'node:timers/promises';

export interface GroupCommit<Item> {
  /** Resolves when these are committed, in this order and with nothing between them. */
  add(items: readonly Item[]): Promise<void>;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
}

interface Entry<Item> {
  readonly items: readonly Item[];
  readonly done: PromiseWithResolvers<void>;
}

/**
 * What is added in one turn of the event loop, or while a commit is under way, is committed as one group: the wait
 * for the disk is shared. A group ends at the entry that fills it, so that other writers get between two of them.
 */
export function groupCommit<Item>(
  commit: (group: readonly Item[]) => Promise<void>,
  atMost = 1_000,
): GroupCommit<Item> {
  let waiting: Entry<Item>[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    for (await nextTurn(); waiting.length > 0; await nextTurn()) {
      const size = groupSize(waiting, atMost);
      const group = waiting.slice(0, size);
      waiting = waiting.slice(size);
      await commitGroup(group, commit);
    }
    running = undefined;
  }

  return {
    add(items) {
      const done = Promise.withResolvers<void>();
      waiting.push({ items, done });
      running ??= run();
      return done.promise;
    },
    settled: async () => running,
  };
}

function groupSize<Item>(entries: readonly Entry<Item>[], atMost: number): number {
  let items = 0;
  const full = entries.findIndex(entry => {
    items += entry.items.length;
    return items >= atMost;
  });
  return full < 0 ? entries.length : full + 1;
}

async function commitGroup<Item>(group: readonly Entry<Item>[], commit: (items: readonly Item[]) => Promise<void>) {
  try {
    await commit(group.flatMap(entry => entry.items));
    for (const { done } of group) done.resolve();
  } catch (error) {
    for (const { done } of group) done.reject(error);
  }
}
