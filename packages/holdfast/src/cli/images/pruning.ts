import { type Pruned, prune } from '../../bake/store/prune.ts';
import type { Journal } from '../../journal/journal.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { isSize, type Size, toBytes } from '../../kit/size.ts';
import type { Digest } from '../../ports/baked-image.ts';
import { joined, reachableIn, wantedIn } from './reachable.ts';

export interface PruningOptions {
  readonly store: string;
  /** Of this environment: it counts also where the store does not know it. */
  readonly journal: Journal;
  /** By what the store knows it. */
  readonly journalName: string;
  /** Inputs of what is declared now: it stays too. */
  readonly declared: readonly string[];
  /** In bytes. */
  readonly limit: number;
  readonly now: number;
  readonly dryRun?: boolean;
}

/** What was used in the last ten minutes stays: another process may be at it. */
const grace = 600_000;

/** Takes out of the store what no release and no declaration needs, the longest unused first, down to the limit. */
export async function pruneStore({
  store,
  journal,
  journalName,
  declared,
  limit,
  now,
  dryRun = false,
}: PruningOptions): Promise<Pruned> {
  const { inputs, sealed } = joined([await reachableIn(store, journalName), await wantedIn(journal)]);
  const reachable = new Set([...inputs, ...declared]);
  return prune(store, { reachable, sealed: sealed as ReadonlySet<Digest>, limit, now, grace, dryRun });
}

/** In bytes: 10 GB, or what HOLDFAST_CACHE_LIMIT says. */
export const defaultLimit = ({ HOLDFAST_CACHE_LIMIT: limit }: NodeJS.ProcessEnv): number =>
  limit ? sizeOf('HOLDFAST_CACHE_LIMIT', limit) : 10e9;

/** In bytes. Throws a Problem for what is no size. */
export function sizeOf(option: string, text: string): number {
  if (isSize(text)) return toBytes(text as Size);
  throw new Problem({
    what: `${option} takes a size, and got '${text}'`,
    fix: `write it as in ${option} 5GB`,
    exit: exitCode.wrongUse,
  });
}
