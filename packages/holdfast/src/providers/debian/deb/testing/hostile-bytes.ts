/** Numbers from a seed, each from 0 up to the bound: the same ones each time (mulberry32). */
export type Random = (below: number) => number;

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return below => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below) | 0;
  };
}

export const oneOf = <T>(random: Random, choices: readonly T[]): T => choices[random(choices.length)] as T;

const block = 512;
/** Where the fields of a tar header are, and their lengths. */
const fields = [
  [0, 100],
  [100, 8],
  [108, 8],
  [116, 8],
  [124, 12],
  [136, 12],
  [156, 1],
  [157, 100],
  [257, 8],
  [345, 155],
] as const;

/** What programs that read tar and ar fell for. */
const nasty = [
  '../../../../etc/passwd',
  '/etc/passwd',
  './/..//x',
  '..',
  '',
  '\0',
  'a\0b',
  'a\nb',
  '77777777777',
  '00000000000',
  '-1',
  '99999999999',
  '\x80\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff',
  '\xff'.repeat(12),
  '\x80'.padEnd(12, '\0'),
  'x',
  'g',
  'L',
  'K',
  'S',
  '1',
  '5',
  'ustar  \0',
  '\xc3\x28\xed\xa0\x80',
  '9999999999 path=x\n',
  '18 path=../../etc\n',
  '30 size=99999999999999999999\n',
  'A'.repeat(155),
];

/** Bytes as they are, changed in some places. */
export function mutated(random: Random, bytes: Buffer): Buffer {
  let changed = bytes;
  for (let left = 1 + random(6); left > 0 && changed.length > 0; left--)
    changed = oneOf(random, mutations)(random, changed);
  return changed;
}

const blockAt = (random: Random, bytes: Buffer): number => random(Math.ceil(bytes.length / block)) * block;

const mutations: readonly ((random: Random, bytes: Buffer) => Buffer)[] = [
  (random, bytes) => write(bytes, random(bytes.length), Buffer.from([random(256)])),
  (random, bytes) => write(bytes, random(bytes.length), Buffer.from(oneOf(random, nasty), 'latin1')),
  (random, bytes) => bytes.subarray(0, random(bytes.length)),
  (random, bytes) => cutOut(bytes, blockAt(random, bytes), random(4) * block),
  (random, bytes) => {
    const [from, to] = [blockAt(random, bytes), blockAt(random, bytes)];
    return Buffer.concat([
      bytes.subarray(0, to),
      bytes.subarray(from, from + (1 + random(4)) * block),
      bytes.subarray(to),
    ]);
  },
  ...Array.from({ length: 6 }, () => withOtherField),
];

function withOtherField(random: Random, bytes: Buffer): Buffer {
  const [at, length] = oneOf(random, fields);
  const text = Buffer.from(oneOf(random, nasty), 'latin1').subarray(0, length);
  return write(bytes, blockAt(random, bytes) + at, text);
}

const write = (bytes: Buffer, at: number, text: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), text, bytes.subarray(at + text.length)]);

const cutOut = (bytes: Buffer, at: number, length: number): Buffer =>
  Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);

/** With the checksum that each block would need to be a header, so that what is behind checksums is met too. */
export function withChecksums(tar: Buffer): Buffer {
  const bytes = Buffer.from(tar);
  for (let at = 0; at + block <= bytes.length; at += block) {
    const header = bytes.subarray(at, at + block);
    if (header.every(byte => byte === 0)) continue;
    header.fill(' ', 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  }
  return bytes;
}
