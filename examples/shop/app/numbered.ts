/** The numbered files of a folder, in order; throws when a number is missing or there twice. */
export function inOrder(files: readonly string[]): readonly string[] {
  const numbered = files.filter(file => /^\d{3}-.+\.sql$/.test(file)).sort();
  const misplaced = numbered.find((file, at) => Number(file.slice(0, 3)) !== at + 1);
  if (misplaced) throw new Error(`migrations are numbered from 001 without a gap: ${misplaced}`);
  return numbered;
}
