import type { FileRead, FileSeen, FolderSeen, Unseen, WantedFile } from '../../../ports/looking/snapshot.ts';
import { checksumOf, contentOf } from './content.ts';
import { entryOf } from './entry.ts';
import { type Found, find, type Lost } from './find.ts';
import { insideOf } from './inside.ts';
import type { Tree } from './tree.ts';

/** A file of the target as it is, with what is wanted of it. */
export async function lookAtFile(tree: Tree, wanted: WantedFile): Promise<FileSeen> {
  const found = await find(tree, wanted.path);
  if ('lost' in found) return missing(found);
  const { stats, link } = found;
  return {
    file: {
      ...entryOf(stats),
      modified: stats.mtimeMs,
      ...(link !== undefined && { link }),
      ...(await besides(found, wanted, tree)),
    },
  };
}

const missing = ({ lost, link }: Lost): Unseen => {
  if (link === undefined) return { missing: lost };
  return { missing: `a symbolic link to ${link}, which ${lost === 'there is none' ? 'is not there' : lost}` };
};

type Besides = Pick<FileRead, 'content' | 'checksum' | 'inside'>;

async function besides(found: Found, wanted: WantedFile, tree: Tree): Promise<Besides> {
  const isFile = found.stats.isFile();
  return {
    ...(wanted.content && isFile && { content: await contentOf(found, tree) }),
    ...(wanted.checksum && isFile && { checksum: await checksumOf(found, tree) }),
    ...(wanted.inside && found.stats.isDirectory() && { inside: await insideOf(found, wanted.inside, tree) }),
  };
}

/** The texts of the files directly inside of a folder; of those that can be read. */
export async function lookIntoFolder(tree: Tree, path: string): Promise<FolderSeen> {
  const found = await find(tree, path);
  if ('lost' in found || !found.stats.isDirectory()) return { texts: new Map() };
  const inside = await insideOf(found, 'directly', tree);
  if (!('entries' in inside)) return inside;
  const names = inside.entries.map(entry => entry.path).filter(name => !name.includes('/'));
  const texts = await Promise.all(
    names.map(async name => [name, await textAt(tree, `${path}/${name}`).catch(() => undefined)] as const),
  );
  return { texts: new Map(texts.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]))) };
}

async function textAt(tree: Tree, path: string): Promise<string | undefined> {
  const found = await find(tree, path);
  const content = 'stats' in found && found.stats.isFile() ? await contentOf(found, tree) : undefined;
  return content && 'bytes' in content ? Buffer.from(content.bytes).toString('utf8') : undefined;
}
