const milliseconds = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const form = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** A length of time as people write it: `'800ms' '15s' '10m' '6h' '30d'`. */
export type Duration = `${number}${keyof typeof milliseconds}`;

export const isDuration = (text: string): text is Duration => form.test(text);

/** Milliseconds of a {@link Duration}. Throws a RangeError for anything else. */
export function toMilliseconds(text: Duration): number {
  const [, amount, unit] = form.exec(text) ?? [];
  if (!amount) throw new RangeError(`'${text}' is not a duration such as '800ms', '15s', '10m', '6h' or '30d'`);
  return Number(amount) * milliseconds[unit as keyof typeof milliseconds];
}

/** The {@link Duration} in the largest unit that it is whole in: `1h`, `70s`, `30d`. */
export function toDuration(ms: number): Duration {
  const fitting = Object.entries(milliseconds).filter(([, size]) => ms >= size && ms % size === 0);
  const [unit, size] = fitting.at(-1) ?? ['ms', 1];
  return `${ms / size}${unit}` as Duration;
}

/** For people: `12ms`, `1.4s`, `2m 5s`. */
export function spellDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)}ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)}s`;
  return `${Math.floor(ms / 60_000)}m ${Math.round((ms % 60_000) / 1_000)}s`;
}
