import { quote } from '../../../kit/shell-words.ts';
import { bounds, kernelFile, networkTexts, type Wanted, type WantedFile } from '../../../ports/looking/snapshot.ts';

/** What `stat` is to print of a file: the name comes last, for anything may be in it. */
const format = '%f %u %g %s %Y %n';

/** Bytes that may be printed of what is inside of one folder. */
export const mostInside = bounds.entries * 200;

/**
 * One text for a shell that prints all that is wanted, in sections. Each begins with the mark, what it is of, and the end
 * of a line; and goes on to the next mark. Needs no more than what both coreutils and busybox have.
 */
export function scriptOf(wanted: Wanted, mark: string): string {
  return [
    `mark=${mark}`,
    section('stat'),
    'stat -c %f /',
    ...(wanted.files.length > 0 ? [section('entry'), ...stats(wanted.files, '')] : []),
    ...(wanted.files.length > 0 ? [section('target'), ...stats(wanted.files, '-L ')] : []),
    ...(wanted.files.length > 0 ? [section('lost'), ...losses(wanted.files)] : []),
    ...wanted.files.flatMap(ofFile),
    ...wanted.folders.map(ofFolder),
    ...wanted.space.flatMap((path, at) => [section(`space ${at}`), `stat -f -c '%S %b %a %c %d' ${quote(path)}`]),
    ...wanted.kernel.flatMap((name, at) => [section(`kernel ${at}`), `cat ${quote(kernelFile(name))}`]),
    ...(wanted.network ? networkTexts.flatMap(name => [section(`network ${name}`), `cat /proc/net/${name}`]) : []),
    ...(wanted.processes ? processes : []),
    ...(wanted.mounts ? [section('mounts'), 'cat /proc/self/mountinfo'] : []),
    ...(wanted.environment ? environment : []),
    section('end'),
  ].join('\n');
}

const section = (name: string): string => `echo "$mark ${name}"`;

/** A line of words may be only so long. */
const atOnce = 500;

const stats = (files: readonly WantedFile[], flags: string): readonly string[] =>
  inTurns(files, paths => `stat ${flags}-c '${format}' ${paths}`);

/** Why what can't be looked at can't be. */
const losses = (files: readonly WantedFile[]): readonly string[] =>
  inTurns(files, paths => `LC_ALL=C stat -L -c %f ${paths} 2>&1 >/dev/null`);

function inTurns(files: readonly WantedFile[], line: (paths: string) => string): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < files.length; at += atOnce) {
    const paths = files.slice(at, at + atOnce).map(({ path }) => quote(path));
    lines.push(line(paths.join(' ')));
  }
  return lines;
}

function ofFile({ path, content, checksum, inside }: WantedFile, at: number): readonly string[] {
  const file = quote(path);
  const when = (test: string, name: string, line: string) =>
    `if [ ${test} ${file} ]; then ${section(name)}; ${line}; fi`;
  return [
    when('-L', `link ${at}`, `readlink ${file}`),
    ...(content ? [when('-f', `content ${at}`, `head -c ${bounds.content + 1} ${file}`)] : []),
    ...(checksum ? [when('-f', `checksum ${at}`, `sha256sum < ${file}`)] : []),
    ...(inside ? [when('-d', `inside ${at}`, insideOf(file, inside))] : []),
  ];
}

/** Each entry by its own mark: the name may have the end of a line in it. */
const insideOf = (file: string, how: 'directly' | 'all'): string =>
  `(cd ${file} && find . ${how === 'all' ? '' : '-maxdepth 1 '}-exec stat -c "$mark within ${format}" {} + | head -c ${mostInside})`;

const ofFolder = (path: string, at: number): string =>
  `for f in ${quote(path)}/*; do if [ -f "$f" ]; then echo "$mark text ${at} \${f##*/}"; cat "$f"; fi; done`;

const processes: readonly string[] = [
  section('processes'),
  `for p in /proc/[0-9]*; do ${section('status')}; cat $p/status; ${section('cmdline')}; cat $p/cmdline; done`,
];

/** Where the namespace of the processes is shared, the first one is another's. */
const environment: readonly string[] = [
  'if [ "$(readlink /proc/1/ns/mnt)" = "$(readlink /proc/self/ns/mnt)" ]; then',
  `${section('environment')}; cat /proc/1/environ; fi`,
];
