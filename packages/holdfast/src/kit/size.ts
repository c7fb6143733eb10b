const bytes = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
} as const;
const form = /^(\d+(?:\.\d+)?)(B|kB|MB|GB|TB|KiB|MiB|GiB|TiB)$/;

/** An amount of memory or disk: `'512MB'` is 512,000,000 bytes and `'512MiB'` is 536,870,912 (IEC 80000-13). */
export type Size = `${number}${keyof typeof bytes}`;

export const isSize = (text: string): text is Size => form.test(text);

/** Bytes of a {@link Size}. Throws a RangeError for anything else. */
export function toBytes(text: Size): number {
  const [, amount, unit] = form.exec(text) ?? [];
  if (!amount) throw new RangeError(`'${text}' is not a size such as '512MB' or '2GiB'`);
  return Math.round(Number(amount) * bytes[unit as keyof typeof bytes]);
}

/** Exactly so many bytes, in the largest unit that leaves no fraction. */
export function sizeOf(amount: number): Size {
  const units = (Object.keys(bytes) as (keyof typeof bytes)[]).filter(unit => amount % bytes[unit] === 0);
  const largest = units.reduce((most, unit) => (bytes[unit] > bytes[most] ? unit : most), 'B');
  return `${amount / bytes[largest]}${largest}`;
}

/** For people: `64 MB`, `1.2 GB`. */
export function spellSize(amount: number): string {
  const unit = (['TB', 'GB', 'MB', 'kB'] as const).find(name => amount >= bytes[name]) ?? 'B';
  const scaled = amount / bytes[unit];
  return `${scaled < 10 && unit !== 'B' ? scaled.toFixed(1) : Math.round(scaled)} ${unit}`;
}
