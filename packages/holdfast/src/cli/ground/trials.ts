import { examine } from '../../bake/seal/examine/examine.ts';
import type { Examined } from '../../bake/seal/examine/examined.ts';
import { type TrialStage, trialsOn } from '../../bake/seal/trial/engine-trials.ts';
import { trialSystem } from '../../bake/seal/trial/leftovers.ts';
import type { Subject } from '../../bake/story/seal-image.ts';
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

/** Looks at what the checks of a baked image say, in containers of it where that is needed. */
export const examineOn =
  (stage: TrialStage, sourceOf: (name: string) => ResolvedSource) =>
  (subject: Subject, signal: AbortSignal): Promise<readonly Examined[]> => {
    const { settings, tree, inputs, name } = subject;
    return examine(subject, trialsOn(stage, { image: { source: sourceOf(name), inputs }, settings, tree }), signal);
  };
