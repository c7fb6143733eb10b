import { stripVTControlCharacters } from 'node:util';

export const widthOf = (text: string): number => [...stripVTControlCharacters(text)].length;

export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

export const plural = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : nouns}`;

/** Rows with their columns under each other. The last column is as wide as it is. */
export function columns(rows: readonly (readonly string[])[], gap = 2): readonly string[] {
  const count = Math.max(0, ...rows.map(row => row.length));
  const widths = Array.from({ length: count }, (_, at) => Math.max(0, ...rows.map(row => widthOf(row[at] ?? ''))));
  return rows.map(row =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : padded(cell, (widths[at] ?? 0) + gap)))
      .join('')
      .trimEnd(),
  );
}

/**
 * Breaks a text at its spaces; what follows the first line stands under `lead`'s end. A longer word stays whole, and so
 * does an indent.
 */
export function wrapped(lead: string, text: string, width: number): readonly string[] {
  const room = Math.max(20, width - widthOf(lead));
  const indent = ' '.repeat(widthOf(lead));
  return text
    .split('\n')
    .flatMap(paragraph => broken(paragraph, room))
    .map((line, at) => (at === 0 ? lead : indent) + line);
}

function broken(text: string, room: number): readonly string[] {
  if (widthOf(text) <= room) return [text];
  const lines: string[] = [];
  const [first = '', ...words] = text.split(' ');
  let line = first;
  for (const word of words) {
    if (line.trim() !== '' && widthOf(line) + 1 + widthOf(word) > room) {
      lines.push(line);
      line = word;
    } else line = `${line} ${word}`;
  }
  return [...lines, line];
}

/** Ends a line with … where it would run over the edge. Colours beyond it are lost, so colour what is left. */
export function cut(text: string, width: number): string {
  const letters = [...text];
  return letters.length <= width ? text : `${letters.slice(0, Math.max(0, width - 1)).join('')}…`;
}
