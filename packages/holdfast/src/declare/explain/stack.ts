import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBundled } from '../../kit/own-module.ts';
import { isUserFile } from '../../model/declaration/call-site.ts';

/** The folder of the package: its own frames are not where a user looks. */
const home = dirname(dirname(import.meta.dirname));
const own = /^\/(model|parts|kit|declare\/(poison|explain|[\w-]+\.[jt]s))/;
const isOurs = (file: string): boolean =>
  isBundled(file) || (file.startsWith(`${home}/`) && own.test(file.slice(home.length)));

const frame = /[\s(]((?:file:\/\/)?\/[^()\n]+):(\d+):(\d+)\)?$/;

/** `file:line:column` of the uppermost frame of the user's, or of any package's, in an error's stack. */
export function placeIn(error: Error): string | undefined {
  const frames = (error.stack ?? '').split('\n').flatMap(line => frameIn(line) ?? []);
  const found =
    frames.find(({ file }) => isUserFile(file) && !isOurs(file)) ?? frames.find(({ file }) => !isOurs(file));
  return found && `${found.file}:${found.line}:${found.column}`;
}

function frameIn(line: string): { file: string; line: string; column: string } | undefined {
  const [, file, at, column] = (/^\s+at /.test(line) && frame.exec(line)) || [];
  if (!file || !at || !column) return undefined;
  return { file: file.startsWith('file:') ? fileURLToPath(file) : file, line: at, column };
}

/**
 * What Node puts before the stack of an error that it found while reading a file: the place, and some lines with a
 * mark below one of them, or with `>` before each that it is about.
 */
export function markIn(stack: string): string | undefined {
  const [place = '', ...lines] = stack.split('\n');
  const [, file, line] = /^((?:file:\/\/)?\/.+):(\d+)$/.exec(place) ?? [];
  const mark = lines.slice(0, 6).find(text => /^\s*\^+\s*$/.test(text));
  const pointed = lines
    .slice(0, 6)
    .find(text => text.startsWith('  > '))
    ?.slice(4);
  if (!file || (mark ?? pointed) === undefined) return undefined;
  const column = (mark?.indexOf('^') ?? pointed?.search(/\S/) ?? 0) + 1;
  return `${file.startsWith('file:') ? fileURLToPath(file) : file}:${line}:${column}`;
}
