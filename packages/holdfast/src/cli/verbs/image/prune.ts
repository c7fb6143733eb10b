import { join } from 'node:path';
import type { Pruned } from '../../../bake/store/prune.ts';
import { exitCode } from '../../../kit/problem.ts';
import { type CommonOptions, printJson, type Verb } from '../../call.ts';
import { amongImages, type Collection, unknownInputs } from '../../images/collection.ts';
import { defaultLimit, pruneStore, sizeOf } from '../../images/pruning.ts';
import type { ImagePruneOutput } from '../../output/image/prune.ts';
import { imagePruneLines } from '../../show/image/store.ts';

export interface PruneOptions extends CommonOptions {
  readonly all?: boolean;
  readonly limit?: string;
  readonly dryRun?: boolean;
}

/** Takes out of the store what no release and no declaration needs. */
export const prune: Verb<PruneOptions> = call =>
  amongImages(call, async images => {
    const { store, journal, place } = images;
    const journalName = place.state.journal.shown;
    const { options, outside, out } = call;
    const limit = limitOf(options, outside.env);
    const parts = { store, journal, journalName, declared: needed(images), now: outside.clock() };
    const pruned = await pruneStore({ ...parts, limit, dryRun: options.dryRun ?? false });
    const output = toOutput(pruned, store, limit, options.dryRun ?? false);
    if (options.json) printJson(call, output);
    else {
      const all = await pruneStore({ ...parts, limit: 0, dryRun: true });
      out.print(imagePruneLines(output, all.freed - (options.dryRun ? pruned.freed : 0)));
    }
    return exitCode.kept;
  });

/** Of an image whose sources are not all there, what was baked last. */
const needed = ({ declared, facts }: Collection): readonly string[] =>
  declared.flatMap(({ name, inputs }) =>
    inputs === unknownInputs ? (facts.find(fact => fact.name === name)?.inputs ?? []) : inputs,
  );

const limitOf = ({ all, limit }: PruneOptions, env: NodeJS.ProcessEnv): number =>
  all ? 0 : limit === undefined ? defaultLimit(env) : sizeOf('--limit', limit);

function toOutput({ removed, freed, left }: Pruned, store: string, limit: number, dryRun: boolean): ImagePruneOutput {
  const count = (...folder: readonly string[]): number =>
    removed.filter(path => path.startsWith(`${join(store, ...folder)}/`)).length;
  return {
    store,
    dryRun,
    limit,
    removed: {
      layers: count('blobs'),
      downloads: count('files'),
      indexes: count('debian'),
      seals: count('seals'),
    },
    freed,
    left,
  };
}
