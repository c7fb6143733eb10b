import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../problem.ts';
import { fileSource, type Source } from '../source.ts';
import type { TreeEntry } from '../tree.ts';
import { blockSize, headerOf, type TarHeader } from './header.ts';
import { type Extended, extendedOf } from './pax.ts';
import { soundPath, soundText } from './sound-path.ts';
import { spell, textBeforeNul, unsound } from './unsound.ts';

export interface TarOptions {
  /** How errors call the archive. Default: its path. */
  readonly name?: string;
  /** What must not be in it. Default: none. */
  readonly refused?: readonly TreeEntry['type'][];
  /** How many entries at most. Default 1,000,000. */
  readonly most?: number;
}

/**
 * What is in an uncompressed tar archive on disk: v7, ustar, pax and GNU's, without the root's own entry. Reads headers
 * alone; content stays where it is, as slices of the file. In the order of the archive; a path may be there twice.
 * Throws a Problem, naming archive and entry, for what is cut, damaged, sparse, of an unknown type, or leads out of it.
 */
export function entriesIn(file: string, options: TarOptions = {}): readonly TreeEntry[] {
  using source = fileSource(file);
  return entriesOf(source, options);
}

/** Writes the stream to the file `scratch`, and reads that. */
export async function entriesFrom(
  stream: AsyncIterable<Uint8Array>,
  scratch: string,
  options: TarOptions = {},
): Promise<readonly TreeEntry[]> {
  await pipeline(stream, createWriteStream(scratch));
  return entriesIn(scratch, options);
}

/** As {@link entriesIn}, of any source. */
export function entriesOf(
  source: Source,
  { name = source.name, refused = [], most = 1_000_000 }: TarOptions = {},
): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  let names = 0;
  try {
    for (const entry of entriesOneByOne(source)) {
      names += entry.path.length + (entry.link?.length ?? 0);
      if (entries.length >= most || names > mostNames) throw unsound('it has too many entries');
      if (refused.includes(entry.type)) throw unsound(`${spell(entry.path)} is of the type ${entry.type}`);
      entries.push(entry);
    }
    return entries;
  } catch (error) {
    throw error instanceof Problem ? wrong(name, entries.at(-1), error) : error;
  }
}

/** Of all paths and links together, in characters: an archive of nothing but long names must not fill the memory. */
const mostNames = 64 << 20;
/** Of one extended header, in bytes. */
const mostExtended = 1 << 20;

function* entriesOneByOne(source: Source): Generator<TreeEntry> {
  let [global, local]: [Extended, Extended] = [{}, {}];
  for (let at = 0; ; ) {
    const header = headerAt(source, at);
    if (!header && Object.keys(local).length > 0) throw unsound('an extended header has nothing after it');
    if (!header) return;
    const extended = extendedBy(source, at + blockSize, header);
    if (!extended) {
      const entry = entryOf(header, { ...global, ...local }, source, at + blockSize);
      if (entry.path !== '') yield entry;
      local = {};
      at = after(at, entry.size);
      continue;
    }
    if (header.flag === 'g') global = { ...global, ...extended };
    else local = { ...local, ...extended };
    at = after(at, header.size);
  }
}

const after = (at: number, size: number): number => at + blockSize + Math.ceil(size / blockSize) * blockSize;

function headerAt(source: Source, at: number): TarHeader | undefined {
  if (at + blockSize > source.size) throw unsound('it ends too early');
  return headerOf(source.at(at, blockSize));
}

const longName = (bytes: Buffer): Extended => ({ path: textBeforeNul(bytes) });
const longLink = (bytes: Buffer): Extended => ({ linkpath: textBeforeNul(bytes) });
const extensions = new Map([
  ['x', extendedOf],
  ['g', extendedOf],
  ['L', longName],
  ['K', longLink],
]);

function extendedBy(source: Source, at: number, { flag, size }: TarHeader): Extended | undefined {
  const read = extensions.get(flag);
  if (!read) return undefined;
  if (size > mostExtended) throw unsound(`an extended header of ${size} bytes`);
  if (at + size > source.size) throw unsound('it ends too early');
  return read(source.at(at, size));
}

const types: ReadonlyMap<string, TreeEntry['type']> = new Map([
  ['0', 'file'],
  ['1', 'hardlink'],
  ['2', 'symlink'],
  ['3', 'character'],
  ['4', 'block'],
  ['5', 'directory'],
  ['6', 'fifo'],
  ['7', 'file'],
]);

function entryOf(header: TarHeader, extended: Extended, source: Source, at: number): TreeEntry {
  const name = extended.path ?? header.name;
  const type = typeOf(header, name);
  const size = type === 'file' ? (extended.size ?? header.size) : 0;
  if (at + size > source.size) throw unsound(`${spell(name)} goes past the end`);
  const path = soundPath(name);
  if (path === '' && type !== 'directory') throw unsound(`${spell(name)} names no entry`);
  return {
    path,
    type,
    mode: header.mode,
    uid: extended.uid ?? header.uid,
    gid: extended.gid ?? header.gid,
    mtime: extended.mtime ?? header.mtime,
    size,
    ...linkOf(type, name, extended.linkpath ?? header.link),
    ...(extended.capability && type === 'file' && { capability: extended.capability }),
    ...(size > 0 ? { content: source.part(at, size) } : {}),
  };
}

/** Before POSIX, a slash at the end was what made a directory. What is no file has no content, whatever its header says. */
function typeOf({ flag }: TarHeader, name: string): TreeEntry['type'] {
  const type = types.get(flag);
  if (!type)
    throw unsound(
      `${spell(name)} is of the type ${spell(flag)}, which is ${flag === 'S' ? 'a sparse file' : 'unknown'}`,
    );
  return type === 'file' && name.endsWith('/') ? 'directory' : type;
}

function linkOf(type: TreeEntry['type'], name: string, link: string): Pick<TreeEntry, 'link'> {
  if (type !== 'symlink' && type !== 'hardlink') return {};
  const target = type === 'hardlink' ? soundPath(link) : soundText(link);
  if (target === '') throw unsound(`${spell(name)} is a link to nothing`);
  return { link: target };
}

const wrong = (name: string, last: TreeEntry | undefined, { message }: Problem): Problem =>
  new Problem({
    what: `${name} is no sound tar archive`,
    where: last ? `after its entry ${spell(last.path)}` : 'at its beginning',
    why: message,
    fix: 'Get it anew, from a source that you trust',
  });
