/** The candidate that a misspelt word most likely means; undefined when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map(candidate => ({ candidate, distance: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

/** Levenshtein's distance, one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...a].entries()) row = nextRow(row, line, letter, b);
  return row[b.length] ?? 0;
}

function nextRow(above: readonly number[], line: number, letter: string, b: string): number[] {
  const row = [line + 1];
  for (let column = 0; column < b.length; column += 1) {
    const kept = (above[column] ?? 0) + (b[column] === letter ? 0 : 1);
    row.push(Math.min(kept, (row[column] ?? 0) + 1, (above[column + 1] ?? 0) + 1));
  }
  return row;
}
