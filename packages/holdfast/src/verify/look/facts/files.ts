import type { DirectoryFacts, EntryFacts, FileFacts } from '../../../model/assertion/facts/files.ts';
import type { EntryRead, FileRead } from '../../../ports/looking/snapshot.ts';
import type { Glance } from './glance.ts';
import type { People } from './people.ts';
import type { Scene } from './scene.ts';
import { notRead } from './texts.ts';

/** What a snapshot says of a file. */
export function fileIn(scene: Scene, path: string, wanted: ReadonlySet<string>): Glance<FileFacts> {
  return readAt(scene, path, file => {
    const { content, checksum } = file;
    return {
      ...entryFacts(path, file, wanted, scene.people),
      size: file.size,
      ...(content && 'bytes' in content && { content: Buffer.from(content.bytes).toString('utf8') }),
      ...(checksum && 'text' in checksum && { sha256: checksum.text }),
    };
  });
}

export function directoryIn(scene: Scene, path: string, wanted: ReadonlySet<string>): Glance<DirectoryFacts> {
  return readAt(scene, path, file => ({
    ...entryFacts(path, file, wanted, scene.people),
    ...(wanted.has('entries') && entriesOf(file)),
  }));
}

function readAt<F>({ snapshot: { files } }: Scene, path: string, factsOf: (file: FileRead) => F): Glance<F> {
  const seen = files.get(path) ?? notRead;
  return 'file' in seen ? (costlyUnseen(seen.file) ?? { facts: factsOf(seen.file) }) : seen;
}

/** What was too large to be looked into is not known by half. */
function costlyUnseen({ content, checksum, inside }: FileRead): Glance<never> | undefined {
  for (const part of [content, checksum, inside])
    if (part && ('missing' in part || 'unknown' in part || 'elsewhere' in part)) return part;
  return undefined;
}

function entryFacts(path: string, file: FileRead, wanted: ReadonlySet<string>, people: People): EntryFacts {
  const { type, mode, uid, gid, link } = file;
  const [user, group] = [people.userOf(uid), people.groupOf(gid)];
  return {
    type: type === 'file' || type === 'directory' ? type : 'other',
    mode,
    uid,
    gid,
    ...(user !== undefined && { user }),
    ...(group !== undefined && { group }),
    ...(link !== undefined && { link }),
    ...(wanted.has('writable') && { writable: writableAt(path, file) }),
  };
}

function writableAt(path: string, file: FileRead): readonly string[] {
  const inside = file.inside && 'entries' in file.inside ? file.inside.entries : [];
  const prefix = path === '/' ? '/' : `${path}/`;
  return [...(isWritable(file) ? [path] : []), ...inside.filter(isWritable).map(entry => `${prefix}${entry.path}`)];
}

/** Whether another user than root may write to it. The mode of a symbolic link means nothing. */
const isWritable = ({ type, mode, uid, gid }: Pick<EntryRead, 'type' | 'mode' | 'uid' | 'gid'>): boolean =>
  type !== 'symlink' &&
  ((mode & 0o002) !== 0 || (gid !== 0 && (mode & 0o020) !== 0) || (uid !== 0 && (mode & 0o200) !== 0));

const entriesOf = ({ inside }: FileRead): Pick<DirectoryFacts, 'entries'> =>
  inside && 'entries' in inside
    ? {
        entries: inside.entries
          .map(({ path }) => path)
          .filter(path => !path.includes('/'))
          .toSorted(),
      }
    : {};
