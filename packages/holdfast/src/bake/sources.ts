import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join, posix, relative, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { packTar } from 'modern-tar/fs';
import pLimit from 'p-limit';
import { digestOf, sha256 } from '../kit/hash.ts';
import { exitCode, Problem } from '../kit/problem.ts';
import type { ResolvedSource } from '../model/spec/image-spec.ts';
import type { RecipeSpec } from '../model/spec/recipe.ts';
import { dockerfileInContext, type Sources } from '../ports/sources.ts';
import { type ContextEntry, entriesOf } from './context.ts';
import type { FileHashes } from './file-hashes.ts';

type Dockerfile = Extract<ResolvedSource, { from: 'dockerfile' }>;
type Archive = Extract<ResolvedSource, { from: 'archive' }>;

/** How many files are read at a time: a process may hold few files open at once. */
const readers = 32;

/** What a recipe comes to: SHA-256 over all that goes in. */
export type InputsOf = (recipe: RecipeSpec) => Promise<string>;

/** The files under a project's folder. */
export function projectSources(root: string, hashes: FileHashes, inputsOf: InputsOf): Sources {
  const fingerprint = async (source: ResolvedSource): Promise<string> => {
    if (source.from === 'reference') return sha256(source.reference);
    if (source.from === 'recipe') return inputsOf(source);
    const inputs =
      source.from === 'archive' ? await archiveInputs(root, source, hashes) : await contextInputs(root, source, hashes);
    await hashes.save();
    return digestOf(inputs);
  };
  return {
    fingerprint,
    async open(source, expected) {
      if ((await fingerprint(source)) !== expected) throw movedOn(source);
      return source.from === 'archive' ? createReadStream(join(root, source.path)) : pack(root, source as Dockerfile);
    },
  } satisfies Sources;
}

async function archiveInputs(root: string, { path }: Archive, hashes: FileHashes): Promise<unknown> {
  await mustExist(join(root, path), 'archive', path, 'make it first; the archive is a tar of a root file system');
  return { from: 'archive', content: await hashes.of(join(root, path)) };
}

async function contextInputs(
  root: string,
  { context, dockerfile, args }: Dockerfile,
  hashes: FileHashes,
): Promise<unknown> {
  const folder = join(root, context);
  await mustExist(folder, 'build context', context, 'give `context` a folder that exists, relative to system.ts');
  await mustExist(
    join(root, dockerfile),
    'Dockerfile',
    dockerfile,
    'give `dockerfile` a file that exists, relative to system.ts',
  );
  const read = pLimit(readers);
  const files = await read.map(await entriesOf(folder), async entry =>
    entry.type === 'file' ? { ...entry, content: await hashes.of(join(folder, entry.path)) } : entry,
  );
  return { from: 'dockerfile', dockerfile: await readFile(join(root, dockerfile), 'utf8'), args, files };
}

async function pack(root: string, { context, dockerfile }: Dockerfile): Promise<Readable> {
  const folder = resolve(root, context);
  const wanted = withParents(await entriesOf(folder));
  return packTar(
    [
      { type: 'directory', source: folder, target: '.' },
      { type: 'content', target: dockerfileInContext, content: await readFile(join(root, dockerfile)) },
    ],
    {
      filter: path => path === dockerfileInContext || wanted.has(relative(folder, path).replaceAll('\\', '/')),
      map: header => ({ ...header, mtime: new Date(0), uid: 0, gid: 0, uname: '', gname: '' }),
    },
  );
}

/** A file that came back may be in a folder that did not. */
function withParents(entries: readonly ContextEntry[]): ReadonlySet<string> {
  const paths = new Set(['']);
  for (const entry of entries)
    for (let { path } = entry; path !== '.' && !paths.has(path); path = posix.dirname(path)) paths.add(path);
  return paths;
}

async function mustExist(path: string, noun: string, named: string, fix: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there) return;
  throw new Problem({
    what: `the ${noun} ${named} is not there`,
    where: path,
    why: 'an image is made of it',
    fix,
    exit: exitCode.wrongUse,
  });
}

const movedOn = (source: ResolvedSource): Problem =>
  new Problem({
    what: `the sources of an image are no longer what was planned: ${source.from === 'archive' ? source.path : ''}${source.from === 'dockerfile' ? source.context : ''}`,
    why: 'files changed since the plan was made, or an older release is wanted whose image is no longer on the engine',
    fix: 'plan again; for an older release, check its commit out first',
    exit: exitCode.wrongUse,
  });
