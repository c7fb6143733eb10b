import type { TreeLook } from '../../bake/seal/examine/static-looks.ts';
import type { SubjectSpec, SubjectType } from '../../model/spec/check-spec.ts';
import type { Asked, Looker, Sight } from '../../ports/looking/looker.ts';

/** Why a subject of an image is not looked at now; undefined for one that layers tell of. */
export const leftToSealing = ({ type }: SubjectSpec): string | undefined =>
  told.has(type) ? undefined : 'a fresh instance is asked when the image is sealed: holdfast bake';

/** What layers tell without anything being started. */
const told: ReadonlySet<SubjectType> = new Set(['file', 'directory', 'package', 'image', 'group', 'user']);

/** Finds how to look into an image's layers; undefined where it was not baked here. */
export type FindLayers = () => Promise<TreeLook | undefined>;

/** Looks at the image that something runs, and at nothing else of it. */
export const ownImageLooker = (find: FindLayers, clock: () => number): Looker<unknown> => ({
  ...imageLooker(find, clock),
  sees: ({ type }) => type === 'image',
});

/** Looks at an image in its layers, which are read when something is asked of them. */
export const imageLooker = (find: FindLayers, clock: () => number): Looker<unknown> => ({
  tier: 'layers',
  isTogether: true,
  sees: ({ type }) => told.has(type),
  async look(_, asked) {
    const look = await find();
    if (!look) return new Map(asked.map(({ of }) => [of, notBaked]));
    const seen = async ({ of, wanted }: Asked): Promise<Sight> => {
      const [at, since] = [clock(), performance.now()];
      return { looked: await look(of, wanted), tier: 'layers', at, milliseconds: performance.now() - since };
    };
    return new Map(await Promise.all(asked.map(async one => [one.of, await seen(one)] as const)));
  },
});

const notBaked: Sight = { elsewhere: 'its image was not baked here: holdfast bake' };
