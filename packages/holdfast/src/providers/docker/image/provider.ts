import type Docker from 'dockerode';
import { Problem } from '../../../kit/problem.ts';
import type { Scope } from '../../../model/identity.ts';
import type { Bakery } from '../../../ports/bakery.ts';
import type { ImageDesire } from '../../../ports/desires.ts';
import type { Desired, Difference, Provider, Seen } from '../../../ports/provider.ts';
import type { Sources } from '../../../ports/sources.ts';
import { attempt, statusOf, unlessGone } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { refuseReplacement } from '../labels.ts';
import { make, type Progress } from './making.ts';
import { familiar, nameAndTag } from './reference.ts';
import { type DockerImageState, seenImages } from './seen.ts';
import { ownTags, tagBirths } from './tag-birth.ts';

type ImageProvider = Provider<ImageDesire, DockerImageState> &
  Required<Pick<Provider<ImageDesire, DockerImageState>, 'find'>>;

/**
 * Images of one engine: those that are made here carry labels, those that were baked have tags of their own, and those of
 * others are known by their reference.
 */
export function dockerImages(
  host: DockerHost,
  scope: Scope,
  sources: Sources,
  progress: Progress = () => {},
  bakery?: Bakery,
): ImageProvider {
  const { docker } = host;
  const making = { host, scope, sources, progress, bakery };

  const read = async (desired: Desired<ImageDesire>): Promise<Seen<DockerImageState> | undefined> => {
    const all = seenImages(host, await docker.listImages(), scope);
    return isOfOthers(desired) ? byReference(desired, all) : all.find(({ birth }) => birth?.uid === desired.uid);
  };

  /** An engine may refuse what another run of ours has just made: what counts is that the image is there. */
  const bringAbout = async (desired: Desired<ImageDesire>, signal: AbortSignal) => {
    const failure = await make(desired, making, signal).catch((error: unknown) => ({ error }));
    signal.throwIfAborted();
    const made = await read(desired);
    if (failure && !made) throw failure.error;
    return made;
  };

  return {
    kind: 'image',

    observe: asked =>
      attempt('the images of the engine can not be listed', async () =>
        seenImages(host, await docker.listImages(), asked),
      ),

    find: (desired, all) => (isOfOthers(desired) ? byReference(desired, all) : undefined),

    differences,

    ensure: (desired, _seen, signal) =>
      attempt(`image ${desired.spec.reference} can't be brought about`, async () => {
        signal.throwIfAborted();
        const made = (await read(desired)) ?? (await bringAbout(desired, signal)) ?? notThere(desired);
        refuseReplacement(desired, differences(desired, made));
        if (differences(desired, made).length === 0) return made;
        await docker.getImage(made.id).tag(nameAndTag(desired.spec.reference));
        return (await read(desired)) ?? notThere(desired);
      }),

    remove: async seen => {
      if (!seen.birth) return;
      await attempt(`image ${seen.name} can't be removed`, () => removeSeen(docker, seen));
    },
  };
}

const isOfOthers = ({ spec }: Desired<ImageDesire>): boolean => spec.source.from === 'reference';

const goesBy = (reference: string, { id, state }: Seen<DockerImageState>): boolean =>
  id === reference || state.references.some(one => familiar(one) === familiar(reference));

const byReference = (
  { spec }: Desired<ImageDesire>,
  all: readonly Seen<DockerImageState>[],
): Seen<DockerImageState> | undefined => all.find(seen => goesBy(spec.reference, seen));

function differences(desired: Desired<ImageDesire>, seen: Seen<DockerImageState>): readonly Difference[] {
  const { inputs, reference } = desired.spec;
  if (!isOfOthers(desired) && seen.state.inputs !== inputs)
    return [{ aspect: 'sources', found: short(seen.state.inputs), wanted: short(inputs), mend: 'replace' }];
  if (goesBy(reference, seen)) return [];
  const found = seen.state.references.filter(isTag).join(', ') || 'untagged';
  return [{ aspect: 'tag', found, wanted: reference, mend: isOfOthers(desired) ? 'replace' : 'in-place' }];
}

const isTag = (reference: string): boolean => !reference.includes('@');

const short = (digest: string | undefined): string => digest?.slice(0, 12) ?? 'unknown';

function notThere(desired: Desired<ImageDesire>): never {
  throw new Problem({ what: `image ${desired.spec.reference} is gone the moment it was there`, retry: true });
}

async function removeSeen(docker: Docker, seen: Seen<DockerImageState>): Promise<void> {
  const { references } = seen.state;
  const told = tagBirths(references).find(({ birth }) => birth.uid === seen.birth?.uid);
  const own = told ? ownTags(told, references) : [references.includes(seen.name) ? seen.name : seen.id];
  const isLast = references.filter(isTag).every(reference => own.includes(reference));
  // Else a half of its tags would be gone before the engine says that it is in use.
  if (told && isLast) await refuseWhileUsed(docker, seen);
  for (const tag of own) await removeFromStore(docker, tag).catch(error => nameUsers(docker, seen, error));
}

/** The engine stumbles when two images go at once that share what they were built on; the next try goes through. */
async function removeFromStore(docker: Docker, image: string, triesLeft = 3): Promise<void> {
  try {
    await unlessGone(() => docker.getImage(image).remove());
  } catch (error) {
    if (statusOf(error) !== 500 || triesLeft === 0) throw error;
    await removeFromStore(docker, image, triesLeft - 1);
  }
}

async function nameUsers(docker: Docker, seen: Seen, error: unknown): Promise<never> {
  if (statusOf(error) === 409) await refuseWhileUsed(docker, seen, error);
  throw error;
}

async function refuseWhileUsed(docker: Docker, { id, name }: Seen, cause?: unknown): Promise<void> {
  const users = (await docker.listContainers({ all: true })).filter(({ ImageID }) => ImageID === id);
  if (users.length === 0) return;
  const names = users.map(({ Names, Id }) => Names[0]?.slice(1) ?? Id.slice(0, 12));
  throw new Problem({
    what: `image ${name} can't be removed: ${names.join(', ')} ${names.length === 1 ? 'runs' : 'run'} on it`,
    fix: 'remove the container first',
    cause,
  });
}
