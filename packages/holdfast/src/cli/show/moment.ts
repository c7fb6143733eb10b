/** The time of day here: `21:58:03`. */
export const timeOfDay = (iso: string): string => new Date(iso).toTimeString().slice(0, 8);

/** Day and time here: `2026-11-23 21:58:03`. */
export function dayAndTime(iso: string): string {
  const at = new Date(iso);
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(part => String(part).padStart(2, '0')).join('-');
  return `${day} ${timeOfDay(iso)}`;
}

const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
] as const;

/** In one word, for people: `42s`, `3m`, `5h`, `12d`. */
export function age(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const unit = units.find(([, length]) => seconds >= length);
  return unit ? `${Math.floor(seconds / unit[1])}${unit[0]}` : `${seconds}s`;
}
