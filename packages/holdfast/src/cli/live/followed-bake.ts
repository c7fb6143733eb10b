import type { BakeStage } from '../../flow.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { OvenOptions } from '../ground/oven.ts';
import type { BakeProgress } from './bake-progress.ts';

/** A stage for one bake, which tells what each image is at. Disposed of when nothing of it is under way any more. */
export interface FollowedBake extends AsyncDisposable {
  readonly stage: BakeStage;
  /** What is baked, with the inputs of its images; undefined before the bake has begun. */
  model(): SystemModel | undefined;
}

type Hooks = Pick<OvenOptions, 'onLayer' | 'onOutput'>;

/** Milliseconds: what ends sooner is not worth a word, such as to find that an image is sealed already. */
const soon = 300;

export function followedBake(told: BakeProgress, open: (hooks: Hooks) => BakeStage): FollowedBake {
  const examined = new Set<string>();
  const underWay = new Set<Promise<unknown>>();
  let model: SystemModel | undefined;

  const followed = <T>(image: string, work: Promise<T>): Promise<T> => {
    const ended = work.finally(() => told.over(image));
    underWay.add(ended);
    return ended;
  };
  const stage = open({
    onLayer: (image, about) => told.doing(image, examined.has(image) ? `${about}, once more to compare` : about),
    onOutput: told.heard,
  });
  const oven = (declared: SystemModel): ReturnType<BakeStage['oven']> => {
    model = declared;
    const { make, seal, ...ground } = stage.oven(declared);
    return {
      ...ground,
      make(image) {
        told.doing(image.name, 'is begun');
        return followed(image.name, make(image));
      },
      ...(seal && {
        seal(baked) {
          const { name } = baked.order.image;
          examined.add(name);
          const word = setTimeout(() => told.doing(name, 'is examined'), soon);
          return followed(
            name,
            seal(baked).finally(() => clearTimeout(word)),
          );
        },
      }),
    };
  };
  return {
    stage: { ...stage, oven },
    model: () => model,
    // One that fails, or a wish to stop, ends the bake while others still take away what they have on the engine.
    [Symbol.asyncDispose]: async () => void (await Promise.allSettled(underWay)),
  };
}
