import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { sha256 } from '../../kit/hash.ts';
import { canonical } from '../../kit/json.ts';
import { entriesIn } from '../../kit/tar/read.ts';
import type { TreeEntry } from '../../kit/tree.ts';

/** The paths in which two layers differ, sorted. */
export async function differingPaths(one: string, other: string): Promise<readonly string[]> {
  const [a, b] = await Promise.all([fingerprints(one), fingerprints(other)]);
  return [...new Set([...a.keys(), ...b.keys()])].filter(path => a.get(path) !== b.get(path)).sort();
}

async function fingerprints(layer: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await entriesIn(layer)) found.set(entry.path, await fingerprint(entry));
  return found;
}

async function fingerprint({ content, ...entry }: TreeEntry): Promise<string> {
  if (!content) return canonical(entry);
  if (content instanceof Uint8Array) return canonical({ ...entry, content: sha256(content) });
  const hash = createHash('sha256');
  const end = content.offset + entry.size - 1;
  await pipeline(createReadStream(content.file, { start: content.offset, end }), hash);
  return canonical({ ...entry, content: hash.digest('hex') });
}
