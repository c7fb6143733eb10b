const enough = 300;

/** The beginning of a text that may be long, as JSON spells it; empty where there is nothing in it. */
export const beginningOf = (text: string, before = ''): string =>
  text.trim() ? before + JSON.stringify(shortened(text.trim())) : '';

/** A text as it stands, without what is too much of it. */
export const shortened = (text: string): string => (text.length > enough ? `${text.slice(0, enough)}…` : text);

/** A few of them by name, the rest by number. */
export function listed(all: readonly string[], none: string): string {
  if (all.length === 0) return none;
  return all.length > 10 ? `${all.slice(0, 10).join(', ')} and ${all.length - 10} more` : all.join(', ');
}

/** `a, b and c`. */
export const joined = (all: readonly string[]): string =>
  all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}` : all.join();

/** `1 line`, `2 lines`. */
export const counted = (amount: number, noun: string): string => `${amount} ${noun}${amount === 1 ? '' : 's'}`;
