/**
 * The same bits, wherever and whenever they are baked: all images of the examples, twice, from nothing but what was
 * fetched. @long Needs root, for another user; and the Debian package faketime, which it installs.
 */
import { story, tellAll } from './harness.ts';
import { bake } from './support/bake/baked.ts';
import { elsewhere, storeOfDownloads } from './support/bake/elsewhere.ts';
import { type Example, exampleProject } from './support/bake/example.ts';
import { programOf } from './support/bake/explained.ts';
import { otherDay } from './support/bake/other-day.ts';
import { sameBits } from './support/bake/same-bits.ts';

for (const example of ['recipes', 'shop'] as const satisfies readonly Example[])
  story(
    `the images of examples/${example} come out the same elsewhere, by another user, on another day`,
    async telling => {
      programOf('faketime', 'faketime');
      const project = await exampleProject(telling, example);
      await bake(project, '--no-seal');
      const store = await storeOfDownloads(telling);
      const here = { store, holdfast: project.given({ HOLDFAST_CACHE: store }).holdfast };
      const { env } = await otherDay(telling, '+40d');
      const digests = await sameBits(here, await elsewhere(telling, project, env), [], telling.say);
      for (const [name, digest] of Object.entries(digests)) telling.say(`${name} ${digest.slice(0, 19)}`);
    },
  );

await tellAll();
