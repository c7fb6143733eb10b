/** Shares of the height of the letters, a little more than they take in the fonts that browsers choose from. */
const narrow = /[ijlftrI1|.,:;'`!()[\]{} -]/;
const wide = /[mwMW@%…—]/;
const upper = /[A-Z&#]/;

const shareOf = (char: string): number => {
  if (char > '\u2e7f') return 1.1;
  if (narrow.test(char)) return 0.42;
  if (wide.test(char)) return 0.98;
  return upper.test(char) ? 0.76 : 0.62;
};

/** How wide a text is at most, in the units of its size: nobody measures letters here. */
export const widthOf = (text: string, size: number): number =>
  [...text].reduce((sum, char) => sum + shareOf(char), 0) * size;

/** Breaks a text into lines of no more than a width: at spaces, behind hyphens, else where it must. */
export function linesOf(text: string, size: number, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text, size, width))
    if (widthOf((line + piece).trimEnd(), size) <= width) line += piece;
    else {
      if (line.trim() !== '') lines.push(line.trim());
      line = piece;
    }
  return [...lines, line.trim()].filter((one, at) => one !== '' || at === 0);
}

const pieces = (text: string, size: number, width: number): readonly string[] =>
  text
    .split(/(?<=[ -])/)
    .flatMap(piece => (widthOf(piece.trimEnd(), size) <= width ? [piece] : chopped(piece, size, width)));

function chopped(piece: string, size: number, width: number): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const char of piece) {
    if (widthOf(part + char, size) > width) {
      parts.push(part);
      part = '';
    }
    part += char;
  }
  return [...parts, part];
}
