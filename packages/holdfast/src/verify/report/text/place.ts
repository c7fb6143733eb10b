import { isAbsolute, relative } from 'node:path';

/** Where something is declared. */
export interface Place {
  /** From the root of the repository on, with `/`; absolute where it is not in there. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const form = /^(.+):(\d+):(\d+)$/s;

/** Reads `file:line:column`. Undefined for anything else, such as the name of a thing. */
export function placeOf(at: string, root: string): Place | undefined {
  const [, file, line, column] = form.exec(at) ?? [];
  return file === undefined ? undefined : { file: within(root, file), line: Number(line), column: Number(column) };
}

/** A place as a person reads it: `system.ts:31:3`. */
export function spellPlace(at: string, root: string): string {
  const place = placeOf(at, root);
  return place ? `${place.file}:${place.line}:${place.column}` : at;
}

function within(root: string, file: string): string {
  const path = isAbsolute(file) ? relative(root, file) : file;
  return /^\.\.(?:[\\/]|$)/.test(path) ? file : path.replaceAll('\\', '/');
}
