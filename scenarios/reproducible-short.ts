/** The same bits elsewhere: the shop's base. Reproducible bakes all images, and on another day too. @long */
import { story, tellAll } from './harness.ts';
import { elsewhere } from './support/bake/elsewhere.ts';
import { exampleProject } from './support/bake/example.ts';
import { sameBits } from './support/bake/same-bits.ts';

story('a base comes out the same in another folder, by another user, in another time zone', async telling => {
  const project = await exampleProject(telling, 'shop');
  const here = { store: 'the shared one', holdfast: project.holdfast };
  await sameBits(here, await elsewhere(telling, project), ['base'], telling.say);
});

await tellAll();
