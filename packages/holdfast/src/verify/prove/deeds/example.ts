import { isIn, type TextPattern } from '../../../model/assertion/words/pattern.ts';
import { type Sabotage, unproven } from '../sabotage.ts';

/** What a part of a pattern can be read as, so that a text comes of it that it may match. */
const readings: readonly (readonly [RegExp, string])[] = [
  [/\(\?[:=]/g, ''],
  [/\\[bB]|[()^$]/g, ''],
  [/\\d(\{\d+\}|[+*?])?/g, '1'],
  [/\\w(\{\d+\}|[+*?])?/g, 'a'],
  [/\\s[+*?]?/g, ' '],
  [/\[(\\?.)[^\]]*\](\{\d+\}|[+*?])?/g, '$1'],
  [/(?<!\\)\.[+*?]?/g, 'x'],
  [/(?<!\\)[+*?]/g, ''],
  [/\\(.)/g, '$1'],
];

/** A text that is wanted, or that a pattern matches; undefined where none is found that does. */
export function exampleOf(wanted: TextPattern): string | undefined {
  if (typeof wanted === 'string') return wanted;
  const guesses = wanted.pattern
    .split('|')
    .map(part => readings.reduce((text, [from, to]) => text.replaceAll(from, to), part));
  return guesses.find(guess => isIn(wanted, guess));
}

/** Does something with a text that is wanted. */
export function withExample(wanted: TextPattern, deed: (text: string) => Sabotage): Sabotage {
  const text = exampleOf(wanted);
  return text === undefined ? unproven('no text comes to mind that the pattern matches') : deed(text);
}
