import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { TreeEntry } from '../../../kit/tree.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';
import { chunksOf } from '../examine/chunks.ts';
import { follow } from '../examine/tree-facts.ts';
import { type Component, purl } from './component.ts';

/** Node.js where it stands as a program of its own, with the version that the program itself tells. */
export async function nodejsIn(tree: ImageTree): Promise<readonly Component[]> {
  const found = await Promise.all(places.map(path => nodejsAt(tree, path)));
  return found.filter(one => one !== undefined);
}

/** Debian's own package is in dpkg's database. */
const places = ['usr/local/bin/node', 'opt/node/bin/node', 'opt/nodejs/bin/node'];

async function nodejsAt(tree: ImageTree, path: string): Promise<Component | undefined> {
  const entry = follow(tree, path);
  const { version, sha256 } = entry ? await toldBy(entry) : {};
  if (version === undefined || sha256 === undefined) return undefined;
  const of = purl({ type: 'generic', name: 'nodejs', version });
  return {
    type: 'application',
    'bom-ref': of,
    name: 'nodejs',
    version,
    hashes: [{ alg: 'SHA-256', content: sha256 }],
    purl: of,
    properties: [{ name: 'holdfast:path', value: posix.join('/', path) }],
  };
}

/** Every release has the address of its own sources in it, as `process.release` tells it. */
const mark = /\/download\/release\/v(\d+\.\d+\.\d+)\//;
/** More than the mark has bytes: it may begin in one part of the file and end in the next. */
const overlap = 64;

async function toldBy(program: TreeEntry): Promise<{ readonly version?: string; readonly sha256: string }> {
  const hash = createHash('sha256');
  let [version, tail] = [undefined as string | undefined, ''];
  for await (const chunk of chunksOf(program)) {
    hash.update(chunk);
    if (version !== undefined) continue;
    const text = tail + chunk.toString('latin1');
    version = mark.exec(text)?.[1];
    tail = text.slice(-overlap);
  }
  return { ...(version !== undefined && { version }), sha256: hash.digest('hex') };
}
