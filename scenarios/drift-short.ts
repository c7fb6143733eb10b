/** What people do by hand, all of it at once. One after the other in drift. */
import { shared, story, tellAll } from './harness.ts';
import { atOnce, drifts } from './support/drift/drifts.ts';
import { isSaidAndMended, openRich, staysAsItIs } from './support/drift/story.ts';

const rich = shared(openRich);

story('a second up changes nothing', async () => staysAsItIs(await rich(), 1));
story('all that people did by hand is said and mended', async ({ say }) =>
  say(await isSaidAndMended(await rich(), atOnce)),
);
for (const drift of drifts.filter(({ stranger }) => stranger))
  story(`by hand: ${drift.sentence}`, async ({ say }) => say(await isSaidAndMended(await rich(), [drift])));

await tellAll();
