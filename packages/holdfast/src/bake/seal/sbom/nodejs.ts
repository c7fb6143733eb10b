import { posix } from 'node:path';
import { sha256 } from '../../../kit/hash.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';
import { type Component, purl } from './component.ts';

/** Node.js where it stands as a program of its own, with the version that the program itself tells. */
export async function nodejsIn(tree: ImageTree): Promise<readonly Component[]> {
  const found = await Promise.all(places.map(path => nodejsAt(tree, path)));
  return found.filter(one => one !== undefined);
}

/** Debian's own package is in dpkg's database. */
const places = ['usr/local/bin/node', 'opt/node/bin/node', 'opt/nodejs/bin/node'];

async function nodejsAt(tree: ImageTree, path: string): Promise<Component | undefined> {
  if (!tree.entry(path)) return undefined;
  const program = Buffer.from(await bytesAt(tree, path));
  const version = versionIn(program);
  if (version === undefined) return undefined;
  const of = purl({ type: 'generic', name: 'nodejs', version });
  return {
    type: 'application',
    'bom-ref': of,
    name: 'nodejs',
    version,
    hashes: [{ alg: 'SHA-256', content: sha256(program) }],
    purl: of,
    properties: [{ name: 'holdfast:path', value: posix.join('/', path) }],
  };
}

const bytesAt = async (tree: ImageTree, path: string): Promise<Uint8Array> =>
  (await tree.read(path)) ?? new Uint8Array();

/** Every release has the address of its own sources in it, as `process.release` tells it. */
const mark = '/download/release/v';

function versionIn(program: Buffer): string | undefined {
  const at = program.indexOf(mark);
  if (at < 0) return undefined;
  return /^\d+\.\d+\.\d+/.exec(program.toString('latin1', at + mark.length, at + mark.length + 20))?.[0];
}
