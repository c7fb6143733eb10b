import type { PatternSpec } from '../../spec/check-spec.ts';

/** A text that is to be found, or a pattern that is to match. */
export type TextPattern = string | PatternSpec;

/** Not `g` and `y`: they make a pattern remember where it stood. */
export const patternOf = ({ source, flags }: RegExp): PatternSpec => ({
  pattern: source,
  flags: flags.replace(/[gy]/g, ''),
});

const compiled = ({ pattern, flags }: PatternSpec): RegExp => new RegExp(pattern, flags);

/** Whether the text is in it, or the pattern matches somewhere. */
export const isIn = (wanted: TextPattern, text: string): boolean =>
  typeof wanted === 'string' ? text.includes(wanted) : compiled(wanted).test(text);

/** Whether it is exactly this text, or the pattern matches somewhere. */
export const isThe = (wanted: TextPattern, text: string): boolean =>
  typeof wanted === 'string' ? text === wanted : compiled(wanted).test(text);

/** `"v24"` or `/v24/i`. */
export const spellWanted = (wanted: TextPattern): string =>
  typeof wanted === 'string' ? JSON.stringify(wanted) : String(compiled(wanted));

/** The same, a text without quotes. */
export const plainly = (wanted: TextPattern): string => (typeof wanted === 'string' ? wanted : spellWanted(wanted));
