import type Docker from 'dockerode';
import { Problem } from '../../../kit/problem.ts';
import type { Scope } from '../../../model/identity.ts';
import type { BakedImage } from '../../../ports/baked-image.ts';
import type { Bakery } from '../../../ports/bakery.ts';
import type { ImageDesire } from '../../../ports/desires.ts';
import type { Desired } from '../../../ports/provider.ts';
import { dockerfileInContext, type Sources } from '../../../ports/sources.ts';
import { reasonOf } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { stamp } from '../labels.ts';
import { linesOf } from '../lines.ts';
import { dockerWorkshop } from '../workshop/workshop.ts';
import { nameAndTag } from './reference.ts';
import { imageLabels } from './seen.ts';
import { birthTag } from './tag-birth.ts';
import { loadImage } from './transfer/load.ts';

/** Told each line that is said while an image is made, and each layer that is begun. */
export type Progress = (desired: Desired<ImageDesire>, line: string, isLayer?: boolean) => void;

export interface Making {
  readonly host: DockerHost;
  readonly scope: Scope;
  readonly sources: Sources;
  readonly progress: Progress;
  readonly bakery: Bakery | undefined;
}

/** Brings an image onto the engine: as it was baked, else built, taken in from an archive, or pulled. Throws a Problem with its last words. */
export async function make(desired: Desired<ImageDesire>, making: Making, signal: AbortSignal): Promise<void> {
  const said: string[] = [];
  try {
    const baked = await bakedImage(desired, making, signal);
    if (baked) return await loadImage(making.host, baked, [desired.spec.reference, birthTag(desired)], signal);
    const stream = await start(desired, making, signal);
    for await (const line of linesOf(stream as AsyncIterable<Uint8Array>))
      hear(line, said, making.progress.bind(null, desired));
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof Problem ? error : failure(desired, error, said);
  }
}

/** What was baked, or sealed, of the same inputs is taken as it is; a recipe is baked where nothing is there. */
async function bakedImage(
  desired: Desired<ImageDesire>,
  { host, bakery, progress }: Making,
  signal: AbortSignal,
): Promise<BakedImage | undefined> {
  const { source, inputs } = desired.spec;
  if (!bakery || source.from === 'reference') return undefined;
  if (source.from !== 'recipe') return bakery.find(inputs);
  const onOutput = (line: string): void => progress(desired, line);
  const onLayer = (about: string): void => progress(desired, about, true);
  const kitchen = { workshop: dockerWorkshop(host), onOutput, onLayer };
  return bakery.bake(source, inputs, kitchen, signal);
}

function start(desired: Desired<ImageDesire>, making: Making, signal: AbortSignal): Promise<NodeJS.ReadableStream> {
  const { source } = desired.spec;
  if (source.from === 'dockerfile') return build(desired, source.args, making, signal);
  if (source.from === 'archive') return takeIn(desired, making, signal);
  if (source.from === 'recipe') throw new Error('nobody here can bake');
  return pull(desired, making.host.docker, signal);
}

type Arguments = Readonly<Record<string, string>>;

async function build(desired: Desired<ImageDesire>, args: Arguments, making: Making, signal: AbortSignal) {
  const { source, inputs, reference } = desired.spec;
  return making.host.docker.buildImage(await making.sources.open(source, inputs), {
    t: reference,
    dockerfile: dockerfileInContext,
    buildargs: args,
    labels: labelsOf(desired, making.scope),
    rm: true,
    forcerm: true,
    abortSignal: signal,
  });
}

async function takeIn(desired: Desired<ImageDesire>, { host, scope, sources }: Making, signal: AbortSignal) {
  const { source, inputs, reference } = desired.spec;
  const changes = Object.entries(labelsOf(desired, scope)).map(([key, value]) => `LABEL ${key}=${quoted(value)}`);
  const archive = await sources.open(source, inputs);
  return host.docker.importImage(archive, { ...nameAndTag(reference), changes, abortSignal: signal });
}

const pull = (desired: Desired<ImageDesire>, docker: Docker, signal: AbortSignal): Promise<NodeJS.ReadableStream> =>
  docker.pull(desired.spec.reference, { abortSignal: signal });

const labelsOf = (desired: Desired<ImageDesire>, scope: Scope): Record<string, string> => ({
  ...stamp(desired, scope),
  [imageLabels.inputs]: desired.spec.inputs,
  [imageLabels.reference]: desired.spec.reference,
});

/** As a Dockerfile takes it: there a dollar sign would stand for a variable. */
const quoted = (value: string): string => JSON.stringify(value).replaceAll('$', '\\$');

/** One line of progress: JSON, of which an error ends the making. */
function hear(line: string, said: string[], progress: (text: string) => void): void {
  if (!line) return;
  const { stream, status, id, error } = JSON.parse(line) as Partial<
    Record<'stream' | 'status' | 'id' | 'error', string>
  >;
  if (error !== undefined) throw new Error(error);
  const text = (stream ?? [id, status].filter(Boolean).join(': ')).trimEnd();
  if (!text) return;
  said.push(text);
  progress(text);
}

const failures = {
  dockerfile: 'does not build',
  archive: "can't be taken in from its archive",
  reference: "can't be pulled",
  recipe: "can't be baked",
} as const;

const fixes = {
  dockerfile: 'mend the Dockerfile or what it copies, then do the same again',
  archive: 'see whether the file is a tar archive of a root file system',
  recipe: 'mend the recipe or what it names, then do the same again',
  reference: 'see whether the engine reaches the registry and the digest is right: docker pull',
} as const;

const failure = (desired: Desired<ImageDesire>, cause: unknown, said: readonly string[]): Problem =>
  new Problem({
    what: `image ${desired.spec.reference} ${failures[desired.spec.source.from]}`,
    where: desired.address,
    why: reasonOf(cause),
    fix: fixes[desired.spec.source.from],
    evidence: said.slice(-20),
    cause,
  });
