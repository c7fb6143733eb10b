import { posix } from 'node:path';
import * as z from 'zod/mini';
import { Call, needsOfHandles } from './declaration/call.ts';
import { addressOfHandle, Handle, isHandleOf } from './declaration/handle.ts';
import { type CommonOptions, common } from './declaration/options.ts';
import { members, rule } from './declaration/rule.ts';
import type { Base } from './recipe/debian.ts';
import { recipe, recipeOf } from './recipe/recipe.ts';
import type { Step } from './recipe/steps.ts';
import { relativePath } from './rules.ts';
import type { ImageSource } from './spec/image-spec.ts';

export type ImageHandle = Handle<'image'>;

export interface DockerfileImage extends CommonOptions {
  /** Path of the Dockerfile, relative to the folder of `system.ts`. */
  readonly dockerfile: string;
  /** Folder that its COPY reads from. Default: the folder of the Dockerfile. */
  readonly context?: string;
  /** Build arguments. An image stands for its reference, so that `FROM $BASE` can build on it. */
  readonly args?: Readonly<Record<string, string | ImageHandle>>;
}

export interface ReferenceImage extends CommonOptions {
  /** `name@sha256:…`: pinned, since a tag may mean something else tomorrow. */
  readonly reference: string;
}

export interface ArchiveImage extends CommonOptions {
  /** Path of a tar archive (plain or gzip) of the root file system, relative to the folder of `system.ts`. */
  readonly archive: string;
}

export interface RecipeImage extends CommonOptions {
  /** Debian packages to begin with; or an image that is made by a recipe itself, whose layers are shared. */
  readonly base: Base | ImageHandle;
  /** In this order; each becomes a layer. */
  readonly steps?: readonly Step[];
  /** Name, uid or uid:gid that it runs as. A name that no step and no package brings is made, as by `user(name)`. */
  readonly user?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly workdir?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** TCP ports that it listens on. */
  readonly ports?: readonly number[];
  /** As in `'SIGINT'`. Default: that of the base, else `'SIGTERM'`. */
  readonly stopSignal?: string;
}

export type ImageOptions = DockerfileImage | ReferenceImage | ArchiveImage | RecipeImage;

const argument = rule<string | ImageHandle>(
  {
    is: 'a text or an image handle',
    why: 'a build happens before anything of this system runs, and secrets do not belong into images',
  },
  value => typeof value === 'string' || isHandleOf('image')(value),
);

const reference = rule<string>(
  {
    is: 'an image reference that is pinned by its digest',
    why: 'a tag may mean something else tomorrow; then a rollback would bring back what never ran',
    fix: value =>
      `append the digest, as in '${nameOnly(value)}@sha256:…'; \`docker buildx imagetools inspect ${nameOnly(value)}\` tells it, or \`docker image inspect --format '{{.RepoDigests}}' ${nameOnly(value)}\` once pulled`,
  },
  value => typeof value === 'string' && /^[^\s@]+@sha256:[0-9a-f]{64}$/.test(value),
);

const nameOnly = (value: unknown): string => String(value || 'debian:12').replace(/@.*$/, '');

const schemas = {
  dockerfile: members({
    ...common,
    dockerfile: relativePath,
    context: z.optional(relativePath),
    args: z.optional(z.record(z.string(), argument)),
  }),
  reference: members({ ...common, reference }),
  archive: members({ ...common, archive: relativePath }),
  base: members({ ...common, ...recipe }),
};

const sources = ['dockerfile', 'reference', 'archive', 'base'] as const;

/**
 * What a container is started from: a recipe, which Holdfast bakes itself and bit for bit the same each time; a
 * Dockerfile; a reference, pinned from a registry; or a root file system archive.
 */
export function image(name: string, options: ImageOptions): ImageHandle {
  const call = new Call('image', name, image);
  const given = sources.filter(source => Object.hasOwn(Object(options), source));
  const [from] = given;
  if (!from || given.length > 1) call.refuse(notOneSource(name, given));
  if (call.accepts(from && given.length === 1 ? schemas[from] : z.any(), options) && from && given.length === 1)
    declareFrom(call, options);
  return new Handle('image', name);
}

const notOneSource = (name: string, given: readonly string[]) => ({
  what: `image "${name}" has ${given.length === 0 ? 'no source' : `${given.length} sources: ${given.join(' and ')}`}`,
  why: 'an image comes from exactly one place',
  fix: "give one of { base: debian('bookworm') }, { dockerfile: './app/Dockerfile' }, { reference: 'name@sha256:…' } or { archive: './base.tar' }",
});

function declareFrom(call: Call, options: ImageOptions): void {
  if (!('base' in options)) {
    call.declare({ source: sourceOf(options) }, needsOfHandles(imagesIn(options)), options);
    return;
  }
  const source = recipeOf(options, call);
  // Its layers are its own: the image that it is built on need not be on the engine.
  if (source) call.declare({ source }, [], options);
}

const imagesIn = (options: Exclude<ImageOptions, RecipeImage>): readonly Handle[] =>
  'args' in options ? Object.values(options.args ?? {}).filter(arg => typeof arg !== 'string') : [];

function sourceOf(options: Exclude<ImageOptions, RecipeImage>): ImageSource {
  if ('reference' in options) return { from: 'reference', reference: options.reference };
  if ('archive' in options) return { from: 'archive', path: posix.normalize(options.archive) };
  const dockerfile = posix.normalize(options.dockerfile);
  const context = posix.normalize(options.context ?? posix.dirname(dockerfile));
  return { from: 'dockerfile', context, dockerfile, args: argsOf(options.args ?? {}) };
}

const argsOf = (args: NonNullable<DockerfileImage['args']>) =>
  Object.fromEntries(
    Object.entries(args).map(([key, arg]) => [key, typeof arg === 'string' ? arg : { image: addressOfHandle(arg) }]),
  );
