/**
 * `node --permission --allow-fs-read='*' --allow-fs-write=FOLDER fuzz.ts FOLDER RUNS [SEED]`
 *
 * Gives hostile archives to what reads tar, ar and .deb. Each must end as sound entries or as a Problem, in less than a
 * second; Node itself refuses to write outside of the folder. Prints one line of JSON; ends with 1 and the seed of the
 * run at whatever else happens.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { Problem } from '../../../../kit/problem.ts';
import { bytesSource } from '../../../../kit/source.ts';
import { entriesOf } from '../../../../kit/tar/read.ts';
import { tarOf } from '../../../../kit/tar/write.ts';
import type { TreeEntry } from '../../../../kit/tree.ts';
import { debReader } from '../reader.ts';
import { soundEntries } from '../sound-entries.ts';
import { arOf } from './ar-of.ts';
import { mutated, oneOf, type Random, randomOf, withChecksums } from './hostile-bytes.ts';

const [folder = '', runs = '2000', first = '1'] = process.argv.slice(2);
const reader = debReader({ limit: 1 << 22 });
const never = new AbortController().signal;

const common = { mode: 0o755, uid: 0, gid: 0, mtime: 1e9, size: 0 };
const file = (path: string, text: string): TreeEntry => ({
  ...common,
  path,
  type: 'file',
  size: text.length,
  content: Buffer.from(text),
});
const tar = async (entries: readonly TreeEntry[]): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(tarOf(entries)));
const seeds = [
  await tar([
    file('a', 'x'),
    { ...common, path: 'b', type: 'hardlink', link: 'a' },
    { ...common, path: 'c', type: 'symlink', link: '/etc' },
  ]),
  await tar([{ ...common, path: 'd', type: 'directory' }, file('d/ü'.repeat(40), 'y'.repeat(1500)), file('z', '')]),
  await tar([
    { ...file('big', 'x'), uid: 2 ** 40, mtime: -5 },
    { ...common, path: 'l', type: 'symlink', link: 'x'.repeat(200) },
  ]),
];
const control = await tar([file('control', 'Package: a\nVersion: 1\n'), file('postinst', '#!/bin/sh\n')]);

/** The same by `xz -9e`, which can't be started here. */
const controlByXz = Buffer.from(
  '/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4Av/AHldADGbyhnbre+8GtxPrcaKOFr5y/pH1KrNZq+cGiY91oOwmJ+7u9IRg5Oz39Pj' +
    '3cFVb+2xJyY8rwmZDpK6OdUZJ+5RLYPU4zYfVbXuvCRn30ojON37o+nKvJdECH8eEOZiyGKIRqZVxEWR24z+2+WVOM1MefR02+hp' +
    'oQAAAAAAwSPYugQ6Wf0AAZUBgBgAAG4+8kyxxGf7AgAAAAAEWVo=',
  'base64',
);

const packers = { '': Buffer.from, '.gz': gzipSync, '.zst': zstdCompressSync };
const hostileTar = (random: Random): Buffer => {
  const bytes = mutated(random, oneOf(random, seeds));
  return random(8) ? withChecksums(bytes) : bytes;
};

/** Hostile in its data, its control part, its packing or its headers. */
function hostileDeb(random: Random): Buffer {
  const [kind, pack] = oneOf(random, Object.entries(packers));
  const whole = random(2) ? hostileTar(random) : oneOf(random, seeds);
  const parts = [random(3) ? control : mutated(random, control), whole].map(part => Buffer.from(pack(part)));
  const [first, second] = parts.map(part => (random(4) ? part : mutated(random, part)));
  const members = [
    { name: 'debian-binary', content: '2.0\n' },
    random(4)
      ? { name: `control.tar${kind}`, content: first ?? '' }
      : { name: 'control.tar.xz', content: random(2) ? controlByXz : mutated(random, controlByXz) },
    { name: `data.tar${kind}`, content: second ?? '' },
  ];
  const deb = arOf(members);
  return random(3) ? deb : mutated(random, deb);
}

function checkEntry({ path, type, size, content, link }: TreeEntry): void {
  const isSound = path !== '' && !path.includes('\0') && path.split('/').every(part => !['', '.', '..'].includes(part));
  const isWhole = size === 0 ? content === undefined : type === 'file' && content !== undefined;
  const isInside = !(content instanceof Uint8Array) || content.length === size;
  const isLinked = (type === 'symlink' || type === 'hardlink') === (link !== undefined);
  if (!isSound || !isWhole || !isInside || !isLinked)
    throw new Error(`got through: ${JSON.stringify({ path, type, size, link })}`);
}

async function tried(random: Random): Promise<readonly TreeEntry[]> {
  if (random(10)) {
    const entries = entriesOf(bytesSource('tar', hostileTar(random)));
    return random(2) ? soundEntries('tar', entries) : entries;
  }
  const deb = join(folder, 'tried.deb');
  writeFileSync(deb, hostileDeb(random));
  return (await reader.read(deb, folder, never)).entries;
}

const told = { runs: Number(runs), sound: 0, refused: 0, slowest: 0, milliseconds: 0, reasons: 0 };
const reasons = new Set<string>();
const begun = performance.now();
for (let run = 0; run < told.runs; run++) {
  const seed = Number(first) + run;
  const start = performance.now();
  try {
    for (const entry of await tried(randomOf(seed))) checkEntry(entry);
    told.sound++;
  } catch (error) {
    if (!(error instanceof Problem)) throw new Error(`seed ${seed}`, { cause: error });
    told.refused++;
    reasons.add((error.parts.why ?? error.message).replaceAll(/"[^"]*"|\d+|'.*'/g, '…'));
  }
  told.slowest = Math.max(told.slowest, Math.round(performance.now() - start));
}
const left = readdirSync(folder).filter(name => !/^(tried\.deb|[0-9a-f]{32}\.tar)$/.test(name));
if (left.length > 0) throw new Error(`left behind: ${left}`);
console.log(
  JSON.stringify({
    ...told,
    reasons: reasons.size,
    milliseconds: Math.round(performance.now() - begun),
    rss: process.resourceUsage().maxRSS,
  }),
);
if (process.env.HOLDFAST_FUZZ_REASONS) console.log([...reasons].sort().join('\n'));
