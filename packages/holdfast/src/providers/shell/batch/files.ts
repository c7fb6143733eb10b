import {
  bounds,
  type ContentSeen,
  type EntryRead,
  type FileSeen,
  type InsideSeen,
  type TextSeen,
  type WantedFile,
} from '../../../ports/looking/snapshot.ts';
import { entriesIn, entryIn } from './entry.ts';
import { mostInside } from './script.ts';
import type { Sections } from './sections.ts';

/** What the sections say of files. */
export function filesIn(sections: Sections, files: readonly WantedFile[]): ReadonlyMap<string, FileSeen> {
  const entries = entriesIn(sections.text('entry') ?? '');
  const targets = entriesIn(sections.text('target') ?? '');
  const reasons = (sections.text('lost') ?? '').split('\n');
  return new Map(
    files.map((wanted, at): [string, FileSeen] => {
      const own = entries.get(wanted.path);
      const target = targets.get(wanted.path);
      const link = sections.text(`link ${at}`)?.replace(/\n$/, '');
      const hidden = target ? undefined : hiddenBy(reasons, wanted.path);
      if (hidden !== undefined) return [wanted.path, { unknown: `it can't be looked at: ${hidden}` }];
      if (own && !target) return [wanted.path, { missing: `a symbolic link to ${link}, which leads nowhere` }];
      if (!target) return [wanted.path, sections.text('stat') ? { missing: 'there is none' } : noStat];
      const { path: _, ...entry } = target;
      return [
        wanted.path,
        { file: { ...entry, ...(link !== undefined && { link }), ...besides(sections, wanted, at) } },
      ];
    }),
  );
}

/** Why it is not known whether a path is there; undefined where it is known that it is not. GNU and busybox end with the reason. */
function hiddenBy(reasons: readonly string[], path: string): string | undefined {
  const reason = reasons
    .find(line => line.includes(`'${path}'`))
    ?.split(': ')
    .at(-1);
  return reason === undefined || none.has(reason) ? undefined : reason;
}

const none = new Set([
  'No such file or directory',
  'Not a directory',
  'File name too long',
  'Too many levels of symbolic links',
]);

const noStat = { unknown: 'it has no `stat` to look with' };

function besides(sections: Sections, { content, checksum, inside }: WantedFile, at: number) {
  const [bytes, sum] = [sections.bytes(`content ${at}`), sections.text(`checksum ${at}`)];
  return {
    ...(content && bytes && { content: contentOf(bytes) }),
    ...(checksum && sum !== undefined && { checksum: checksumOf(sum) }),
    ...(inside && sections.bytes(`inside ${at}`) && { inside: insideOf(sections.following(`inside ${at}`, 'within')) }),
  };
}

const contentOf = (bytes: Buffer): ContentSeen =>
  bytes.length > bounds.content ? { unknown: `it is larger than ${bounds.content >> 20} MiB` } : { bytes };

function checksumOf(said: string): TextSeen {
  const [sum] = /^[0-9a-f]{64}/.exec(said) ?? [];
  return sum === undefined ? { unknown: 'it has no `sha256sum` to look with' } : { text: sum };
}

/** Each is the rest of a line, and what follows it where a name has the end of a line in it. */
function insideOf(all: readonly (readonly [string, Buffer])[]): InsideSeen {
  const lines = all.map(([rest, bytes]) => `${rest}\n${bytes.toString('utf8')}`.replace(/\n$/, ''));
  const length = lines.reduce((sum, line) => sum + line.length, 0);
  if (lines.length > bounds.entries || length > mostInside / 2) return tooMany;
  // The folder itself is among them, where they could be listed at all.
  return lines.length === 0 ? noFind : { entries: lines.flatMap(entryOf) };
}

const tooMany = { unknown: `there are more than ${bounds.entries} files inside` };
const noFind = { unknown: 'it has no `find` and `stat` to look with' };

function entryOf(line: string): readonly EntryRead[] {
  const entry = entryIn(line);
  if (!entry || entry.path === '.') return [];
  const { modified: _, ...read } = entry;
  return [{ ...read, path: read.path.replace(/^\.\//, '') }];
}
