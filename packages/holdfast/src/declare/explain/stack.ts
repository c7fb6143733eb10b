import { fileURLToPath } from 'node:url';
import { isUserFile } from '../../model/declaration/call-site.ts';

const frame = /\(?((?:file:\/\/)?\/[^()\n]+):(\d+):(\d+)\)?$/;

/** `file:line:column` of the uppermost frame of the user's, or of any package's, in an error's stack. */
export function placeIn(error: Error, isOurs: (file: string) => boolean): string | undefined {
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

/** What Node puts before the stack of an error that it found while reading a file: place, line, and a mark below it. */
export function markIn(error: Error): string | undefined {
  const [place = '', source = '', mark = ''] = (error.stack ?? '').split('\n');
  const [, file, line] = /^((?:file:\/\/)?\/.+):(\d+)$/.exec(place) ?? [];
  if (!file || !/^\s*\^/.test(mark)) return undefined;
  const column = Math.min(mark.indexOf('^'), source.length) + 1;
  return `${file.startsWith('file:') ? fileURLToPath(file) : file}:${line}:${column}`;
}
