import { examine } from '../../bake/seal/examine/examine.ts';
import type { Examined } from '../../bake/seal/examine/examined.ts';
import { capabilitiesOf } from '../../bake/seal/trial/capabilities.ts';
import { type TrialStage, trialsOn } from '../../bake/seal/trial/engine-trials.ts';
import { trialSystem } from '../../bake/seal/trial/leftovers.ts';
import type { Subject } from '../../bake/story/seal-image.ts';
import { address } from '../../model/address.ts';
import { resolvedSource } from '../../model/image-reference.ts';
import { isKnown } from '../../model/resource.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { Bakery } from '../../ports/bakery.ts';
import type { ResolvedSource } from '../../ports/desires.ts';
import type { Provider } from '../../ports/provider.ts';
import type { Sources } from '../../ports/sources.ts';
import {
  type DockerHost,
  dockerImages,
  dockerInstances,
  dockerNetworks,
  dockerProber,
  insideDocker,
} from '../../providers/docker/index.ts';

/** An engine as the place where images are tried. No secret is ever given to an image that is tried. */
export function trialStage(host: DockerHost, sources: Sources, bakery?: Bakery): TrialStage {
  return {
    system: trialSystem,
    engine: host.engine,
    reachesInternal: host.reach === 'direct',
    within(scope) {
      const instances = insideDocker(host, scope);
      const all = [
        dockerImages(host, scope, sources, () => {}, bakery),
        dockerInstances(host, scope, { reveal: value => String(value) }),
        dockerNetworks(host, scope),
      ] as readonly Provider[];
      const providers = new Map(all.map(provider => [provider.kind, provider]));
      const provider = (kind: string): Provider => providers.get(kind) ?? unknownKind(kind);
      return { provider, instances, prober: dockerProber(host, instances) };
    },
  };
}

function unknownKind(kind: string): never {
  throw new Error(`a trial has no ${kind}`);
}

/** Looks at what the checks of a baked image of the system say, in containers of it where that is needed. */
export const examineOn =
  (stage: TrialStage, model: SystemModel) =>
  (subject: Subject, signal: AbortSignal): Promise<readonly Examined[]> => {
    const { settings, tree, inputs, name } = subject;
    const capabilities = capabilitiesOf(model, address('image', name));
    const source = sourceIn(model, name);
    return examine(subject, trialsOn(stage, { image: { source, inputs }, settings, tree, capabilities }), signal);
  };

/** What was baked is found by its inputs: what it was built on is asked of nobody any more. */
function sourceIn(model: SystemModel, name: string): ResolvedSource {
  const found = model.resources.filter(isKnown('image')).find(image => image.name === name);
  if (!found) throw new Error(`the system has no image ${name}`);
  return resolvedSource(found.spec.source, () => '');
}
