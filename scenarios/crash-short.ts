/** A few trials of `scenarios/crash.ts`, for every change. Its blows are timed: @quiet. */
import { option, story, tellAll } from './harness.ts';
import { crashes, judge } from './support/crash/story.ts';

const seed = Number(option('seed') ?? Date.now() % 100_000);

story('killed with -9 a few times and run again, all is as declared', async telling => {
  judge(await crashes(telling, { size: 5, trials: Number(option('trials') ?? 8), seed }), telling);
});

await tellAll();
