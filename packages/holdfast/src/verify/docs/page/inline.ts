import type { Address } from '../../../model/address.ts';
import type { Status as ResultStatus } from '../../outcome.ts';
import type { Status as PromiseStatus } from '../../promise/reason.ts';

export type State = PromiseStatus | ResultStatus;

/** What stands in a line. A plain string is text, whatever is in it. */
export type Inline =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  | { readonly state: State }
  /** ISO 8601, UTC, of a fact. */
  | { readonly time: string }
  /** A link to the page of a resource. */
  | { readonly to: Address; readonly text?: string }
  /** A link out: an http or https URL, or an e-mail address. */
  | { readonly out: string; readonly text: string };

export type Line = readonly Inline[];

/** `✓ kept`: never told by colour alone. */
export const signs: Readonly<Record<State, string>> = {
  kept: '✓',
  broken: '✗',
  stale: '↻',
  unproven: '○',
  passed: '✓',
  failed: '✗',
  unknown: '?',
  waived: '~',
  skipped: '−',
};

/** A time without what nobody reads of it: `2026-11-28T10:00:00Z`. */
export const spellTime = (iso: string): string => iso.replace(/\.\d+Z$/, 'Z');

/** `a, b and c`. */
export const listed = (parts: readonly Inline[]): Line =>
  parts.flatMap((part, at) => [...(at === 0 ? [] : [at === parts.length - 1 ? ' and ' : ', ']), part]);

/** One after the other, apart. */
export const apart = (lines: readonly Line[], between: string): Line =>
  lines.flatMap((line, at) => (at === 0 ? line : [between, ...line]));

/** A length of time for people: `16h 48m`, `7d`. */
export function lengthOf(ms: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
    ['ms', 1],
  ] as const;
  const parts: string[] = [];
  let left = ms;
  for (const [unit, size] of units) {
    if (left >= size) parts.push(`${Math.floor(left / size)}${unit}`);
    left %= size;
  }
  return parts.join(' ') || '0s';
}
