/**
 * What people do by hand: a plan says it in words, `up` mends what is ours, and never is there a difference that is none.
 *
 * @long one after the other; all of it at once is in drift-short
 */
import { shared, story, tellAll } from './harness.ts';
import { atOnce, drifts } from './support/drift/drifts.ts';
import { isSaidAndMended, openRich, staysAsItIs } from './support/drift/story.ts';

const rich = shared(openRich);

story('a second up changes nothing, nor do eight more', async () => staysAsItIs(await rich(), 9));

for (const drift of drifts)
  story(`by hand: ${drift.sentence}`, async ({ say }) => say(await isSaidAndMended(await rich(), [drift])));

story('all of it at once', async ({ say }) => say(await isSaidAndMended(await rich(), atOnce)));

await tellAll();
