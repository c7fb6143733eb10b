import type { Source } from '../../../../kit/source.ts';
import type { Packed } from '../packed.ts';

/** Header and footer of a stream; the smallest index, that of nothing. */
const ends = 24;
const smallest = 8;
/** One record for each block, of which those who make packages make few. */
const largest = 16 << 20;

/**
 * How much the xz stream holds, in bytes, as its index at the end says (The .xz File Format, sections 2.1.2 and 4).
 * Throws an Error for what is not exactly one stream: what reads xz would leave the others out. Whether the index tells
 * the truth is known when all is unpacked.
 */
export function declaredSize(source: Source, { offset, length }: Pick<Packed, 'offset' | 'length'>): number {
  if (length < ends + smallest) throw new Error('it ends too early');
  const footer = source.at(offset + length - ends / 2, ends / 2);
  if (footer.toString('latin1', 10) !== 'YZ') throw new Error('it does not end as xz does');
  const indexLength = 4 * (footer.readUInt32LE(4) + 1);
  if (indexLength > Math.min(length - ends, largest)) throw new Error('its index is too large');
  const index = source.at(offset + length - ends / 2 - indexLength, indexLength);
  const { packed, unpacked } = sumOf(index);
  if (ends + packed + indexLength !== length) throw new Error('it is not one stream alone');
  return unpacked;
}

function sumOf(index: Buffer): { readonly packed: number; readonly unpacked: number } {
  const numbers = numbersIn(index);
  const next = (): number => numbers.next().value ?? Number.NaN;
  let [packed, unpacked] = [0, 0];
  const records = next();
  if (!(records <= index.length / 2)) throw new Error('its index is broken');
  for (let left = records; left > 0; left--) {
    packed += Math.ceil(next() / 4) * 4;
    unpacked += next();
  }
  return { packed, unpacked };
}

/** Seven bits in each byte, the lowest first, after the byte that says that an index begins. */
function* numbersIn(index: Buffer): Generator<number, undefined> {
  let [value, factor] = [0, 1];
  for (const byte of index.subarray(1)) {
    value += (byte & 0x7f) * factor;
    factor *= 128;
    if (byte & 0x80) continue;
    yield value;
    [value, factor] = [0, 1];
  }
}
