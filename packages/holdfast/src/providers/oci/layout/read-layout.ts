import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { exitCode, Problem } from '../../../kit/problem.ts';
import type { BakedImage, LayerBlob } from '../../../ports/baked-image.ts';
import { configForm, type Descriptor, manifestForm, mediaTypes } from '../format.ts';
import { blobPath, isWhole } from './blobs.ts';
import { readIndex, tagOf } from './index-file.ts';

/**
 * The image of a tag in an OCI layout, every byte of it verified. Throws a Problem where there is none, where something is
 * missing or damaged, and for layers that are compressed.
 */
export async function readLayout(folder: string, tag: string, signal: AbortSignal): Promise<BakedImage> {
  const place = resolve(folder);
  const { manifests } = await readIndex(place);
  const found = manifests.find(one => tagOf(one) === tag);
  if (!found) throw noSuchTag(place, tag, manifests);
  if (found.mediaType !== mediaTypes.manifest) throw strange(place, found, mediaTypes.manifest);
  const manifest = await textOf(place, found, signal);
  const named = parsed(manifestForm, manifest, place, found);
  const config = await textOf(place, named.config, signal);
  const makers = makersIn(parsed(configForm, config, place, named.config));
  const layers = await Promise.all(
    named.layers.map((layer, at) => layerOf(place, layer, makers[at] ?? 'unknown', signal)),
  );
  return { digest: found.digest, manifest, configDigest: named.config.digest, config, layers };
}

const makersIn = ({ history = [] }: z.infer<typeof configForm>): readonly string[] =>
  history.filter(one => !one.empty_layer).map(one => (one.created_by ?? 'unknown').replace(/^holdfast: /, ''));

async function layerOf(place: string, layer: Descriptor, by: string, signal: AbortSignal): Promise<LayerBlob> {
  if (layer.mediaType !== mediaTypes.layer) throw strange(place, layer, mediaTypes.layer);
  return { digest: layer.digest, size: layer.size, file: await verified(place, layer, signal), by };
}

/** Larger than any manifest that registries take. */
const mostOfText = 4 << 20;

async function textOf(place: string, part: Descriptor, signal: AbortSignal): Promise<string> {
  if (part.size > mostOfText) throw strange(place, part, `at most ${mostOfText} bytes`);
  return await readFile(await verified(place, part, signal), 'utf8');
}

async function verified(place: string, { digest, size }: Descriptor, signal: AbortSignal): Promise<string> {
  const path = blobPath(place, digest);
  if (await isWhole(path, digest, size, signal)) return path;
  throw new Problem({
    what: `${digest.slice(0, 19)} of an OCI layout is missing or damaged`,
    where: path,
    why: `it is not the ${size} bytes that its name and the manifest say`,
    fix: 'put the image there again',
  });
}

function parsed<T>(form: z.ZodType<T>, text: string, place: string, part: Descriptor): T {
  try {
    return form.parse(JSON.parse(text));
  } catch (cause) {
    throw strange(place, part, 'what OCI image-spec 1.1 describes', cause);
  }
}

const strange = (place: string, { digest, mediaType, size }: Descriptor, expected: string, cause?: unknown): Problem =>
  new Problem({
    what: `${digest.slice(0, 19)} of an OCI layout can't be read`,
    where: blobPath(place, digest),
    why: `it is ${mediaType} of ${size} bytes in place of ${expected}`,
    exit: exitCode.wrongUse,
    cause,
  });

const noSuchTag = (place: string, tag: string, manifests: readonly Descriptor[]): Problem =>
  new Problem({
    what: `there is no image '${tag}' in the OCI layout`,
    where: place,
    why:
      manifests.length > 0 ? `there are ${manifests.map(one => tagOf(one) ?? one.digest).join(', ')}` : 'it has none',
    exit: exitCode.wrongUse,
  });
