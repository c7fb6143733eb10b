/**
 * @long Kills the whole process group of `up` and `down` with SIGKILL at random moments, 200 times, runs it again each
 * time, and compares the engine's own lists with what is declared.
 *
 * One of its own: `node --conditions=holdfast-source scenarios/crash.ts --seed 7 --trial 31` repeats a trial of a seed;
 * `--trials 20` makes fewer on the small system, `--large 0` leaves the large one out.
 */
import { option, story, tellAll } from './harness.ts';
import { crashes, judge } from './support/crash/story.ts';
import type { Outcome } from './support/crash/trial.ts';

const seed = Number(option('seed') ?? Date.now() % 100_000);
const only = option('trial');
const large = only ? 0 : Number(option('large') ?? 10);

story('killed with -9 at any moment and run again, all is as declared', async telling => {
  const outcomes: Outcome[] = [];
  const trials = Number(option('trials') ?? 190);
  outcomes.push(...(await crashes(telling, { size: 5, trials, seed, ...(only && { only: Number(only) }) })));
  if (large > 0) outcomes.push(...(await crashes(telling, { size: 50, trials: large, seed })));
  judge(outcomes, telling);
});

await tellAll();
