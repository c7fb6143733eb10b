import { type Layered, treeLook } from '../../bake/seal/examine/static-looks.ts';
import type { SubjectType } from '../../model/spec/check-spec.ts';
import type { Asked, Looker, Sight } from '../../ports/looking/looker.ts';

/** What layers tell without anything being started. */
const told: ReadonlySet<SubjectType> = new Set(['file', 'directory', 'package', 'image', 'group', 'user']);

/** Looks at an image in its layers. All else is asked of a fresh instance when it is sealed. */
export const imageLooker = (clock: () => number): Looker<Layered> => ({
  tier: 'layers',
  isTogether: true,
  sees: () => true,
  async look(layered, asked) {
    const look = await treeLook(layered);
    const seen = async ({ of, wanted }: Asked): Promise<Sight> => {
      if (!told.has(of.type))
        return { elsewhere: 'a fresh instance is asked for it when the image is sealed: holdfast bake' };
      const [at, since] = [clock(), performance.now()];
      return { looked: await look(of, wanted), tier: 'layers', at, milliseconds: performance.now() - since };
    };
    return new Map(await Promise.all(asked.map(async one => [one.of, await seen(one)] as const)));
  },
});
