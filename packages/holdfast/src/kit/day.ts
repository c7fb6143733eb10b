const form = /^\d{4}-\d{2}-\d{2}$/;
const length = 86_400_000;

/** Whether a text is a day of the calendar: `2026-12-31`, and never `2026-02-30`. */
export function isDay(text: string): boolean {
  const begins = form.test(text) ? beginningOf(text) : Number.NaN;
  return Number.isFinite(begins) && new Date(begins).toISOString().startsWith(text);
}

/** Whether a day is over, everywhere at the same moment: at the midnight of UTC that ends it. */
export const isOver = (day: string, now: number): boolean => now >= endOf(day);

/** The first moment that is no longer of it, in UTC and in milliseconds since 1970. */
export const endOf = (day: string): number => beginningOf(day) + length;

const beginningOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
