import type { PackagesPart } from './stanza-table.ts';

/**
 * How far into Packages files a name first stands, as that of a package or in a relation. Apt numbers packages in this
 * order, and where nothing else tells two providers apart, takes the one with the higher number.
 */
export function firstMention(parts: readonly PackagesPart[], name: string): number {
  const wanted = Buffer.from(` ${name}`);
  let before = 0;
  for (const { bytes } of parts) {
    for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1))
      if (ends.has(bytes[at + wanted.length]) && isInRelation(bytes, at)) return before + at;
    before += bytes.length;
  }
  return before;
}

/** What may follow a name. */
const ends: ReadonlySet<number | undefined> = new Set(Buffer.from(' ,|\n'));

function isInRelation(bytes: Buffer, at: number): boolean {
  const start = bytes.lastIndexOf('\n', at) + 1;
  return relations.test(bytes.toString('latin1', start, start + 16));
}

const relations = /^(Package|(Pre-)?Depends|Conflicts|Breaks|Recommends|Suggests|Replaces|Enhances|Provides): /;
