import { modelAt, releases } from '../../journal/view.ts';
import { nearest } from '../../kit/nearest.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { BakedImage } from '../../ports/baked-image.ts';
import { type Collection, type ImageName, imagesIn } from './collection.ts';

/** An image that somebody named, as the store has it. */
export interface Meant {
  /** As it was named: `web`, `web@r3`, `sha256:1f0c…`. */
  readonly asked: string;
  /** What the system calls it, where that is known. */
  readonly name?: string;
  readonly inputs: string;
  readonly image: BakedImage;
}

/**
 * The image that a person means: `web` is the present one, `web@r3` that of release r3, and a digest, or how one begins,
 * is that. Throws a Problem for what is not known, or no longer there.
 */
export async function imageMeant(asked: string, images: Collection): Promise<Meant> {
  const [, name = '', release] = /^([a-z0-9-]+)@(?:r(\d+))$/.exec(asked) ?? [];
  if (release !== undefined) return there(asked, await ofRelease(name, Number(release), images), images);
  const known = namesIn(images);
  if (known.has(asked)) return there(asked, present(asked, images), images);
  return byDigest(asked, images) ?? unknown(asked, [...known]);
}

/** Inputs of all that goes by a name, or by how a digest begins. Throws a Problem for what is not known. */
export function inputsNamed(asked: string, images: Collection): readonly string[] {
  const { declared, facts, releases: kept, stored } = images;
  const all = [...declared, ...facts, ...kept.flatMap(one => one.images)].filter(({ name }) => name === asked);
  if (all.length > 0) return [...new Set(all.map(({ inputs }) => inputs))];
  const [, start] = digestForm.exec(asked) ?? [];
  const found = stored.filter(({ image }) => start !== undefined && image.digest.startsWith(`sha256:${start}`));
  return found.length > 0 ? found.map(({ inputs }) => inputs) : unknown(asked, [...namesIn(images)]);
}

const namesIn = ({ declared, facts }: Collection): ReadonlySet<string> =>
  new Set([...declared, ...facts].map(({ name }) => name));

/** As it is declared now; where that was not baked yet, or it is declared no more, as it was baked last. */
function present(name: string, { declared, stored, facts }: Collection): ImageName {
  const now = declared.find(one => one.name === name);
  const isStored = (inputs: string): boolean => stored.some(one => one.inputs === inputs);
  if (now && isStored(now.inputs)) return now;
  return facts.find(one => one.name === name && isStored(one.inputs)) ?? now ?? { name, inputs: '' };
}

async function ofRelease(name: string, number: number, { journal, model }: Collection): Promise<ImageName> {
  const all = await releases(journal, model.name, model.environment);
  const release = all.find(one => one.number === number);
  const had = release && (await modelAt(journal, release.seq));
  if (!had) throw noRelease(number, all.length, model.environment);
  const names = imagesIn(had);
  return names.find(one => one.name === name) ?? notInRelease(name, number, names);
}

const digestForm = /^(?:sha256:)?([0-9a-f]{4,64})$/;

function byDigest(asked: string, images: Collection): Meant | undefined {
  const [, start] = digestForm.exec(asked) ?? [];
  if (start === undefined) return undefined;
  const found = images.stored.filter(({ image }) => image.digest.startsWith(`sha256:${start}`));
  const digests = new Set(found.map(({ image }) => image.digest));
  if (digests.size > 1) throw ambiguous(asked, [...digests]);
  const [first] = found;
  return first && there(asked, { name: nameOf(first.inputs, images), inputs: first.inputs }, images);
}

/** What the system calls the image of these inputs; empty where it does not know it. */
export const nameOf = (inputs: string, { declared, facts, releases: kept }: Collection): string =>
  [...declared, ...facts, ...kept.flatMap(({ images }) => images)].find(one => one.inputs === inputs)?.name ?? '';

function there(asked: string, { name, inputs }: ImageName, { stored }: Collection): Meant {
  const found = stored.find(one => one.inputs === inputs);
  if (found?.isThere) return { asked, ...(name && { name }), inputs, image: found.image };
  throw notStored(asked);
}

const notStored = (asked: string): Problem =>
  new Problem({
    what: `image ${asked} is not in the store`,
    why: 'it was not baked yet, it was pruned, or it was made on an engine alone',
    fix: asked.includes('@')
      ? 'check that release’s commit out and run `holdfast bake`: the same inputs give the same image'
      : 'run `holdfast bake`',
  });

const noRelease = (number: number, count: number, environment: string): Problem =>
  new Problem({
    what: `there is no release r${number} in ${environment}`,
    why: count === 0 ? 'nothing was released there yet' : `there are r1 to r${count}`,
    exit: exitCode.wrongUse,
  });

function notInRelease(name: string, number: number, names: readonly ImageName[]): never {
  throw new Problem({
    what: `release r${number} has no image "${name}"`,
    why: `it has ${names.map(one => one.name).join(', ') || 'none'}`,
    exit: exitCode.wrongUse,
  });
}

const ambiguous = (asked: string, digests: readonly string[]): Problem =>
  new Problem({
    what: `${digests.length} images begin with ${asked}`,
    why: digests.map(digest => digest.slice(0, 'sha256:'.length + 16)).join(', '),
    fix: 'give more of the digest',
    exit: exitCode.wrongUse,
  });

function unknown(asked: string, names: readonly string[]): never {
  const meant = nearest(asked, names);
  throw new Problem({
    what: `there is no image "${asked}"`,
    why: names.length > 0 ? `there are ${names.join(', ')}` : 'system.ts declares none',
    fix: meant
      ? `did you mean ${meant}?`
      : 'name an image of system.ts, one of a release as in web@r3, or how its digest begins',
    exit: exitCode.wrongUse,
  });
}
