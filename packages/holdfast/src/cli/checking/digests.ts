import type { Journal } from '../../journal/journal.ts';
import { lastKept } from '../../journal/view.ts';
import { addressOf } from '../../model/resource.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { Digests } from '../../verify/evidence/footing.ts';
import { imageFacts } from '../images/image-facts.ts';

/**
 * The digests of the last release that was kept: what was baked of its images' inputs. An image that was not baked here
 * is known by its inputs, which change with it.
 */
export async function runningDigests(journal: Journal, { name: system, environment }: SystemModel): Promise<Digests> {
  const scope = { system, environment };
  const [released, baked] = await Promise.all([lastKept(journal, system, environment), imageFacts(journal, scope)]);
  const images = released ? resourcesOf(released.model, 'image') : [];
  return new Map(
    images.map(image => {
      const { inputs = '' } = image.spec;
      const digest = baked.find(one => one.name === image.name && one.inputs === inputs)?.digest;
      return [addressOf(image), digest ?? `inputs:${inputs}`];
    }),
  );
}
