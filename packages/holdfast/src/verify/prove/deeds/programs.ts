import { quote } from '../../../kit/shell-words.ts';
import { line, type Sabotage, unproven } from '../sabotage.ts';

/** Words that a shell knows itself: no file stands for them. */
const builtIn =
  /^([[{(!:.]|alias|cd|command|echo|eval|exec|exit|export|false|for|if|kill|printf|pwd|read|set|test|true|type|ulimit|umask|until|wait|while|\w+=.*)$/;

/** The program that a command starts; undefined where that is not to be told. */
function programOf([program = '', flag, text = '']: readonly string[]): string | undefined {
  if (program !== 'sh') return program;
  if (flag !== '-c') return undefined;
  const [word = ''] = text.trim().split(/[\s;|&<>]+/);
  return /^[\w./-]+$/.test(word) && !builtIn.test(word) && word !== 'sh' ? word : undefined;
}

/** What a program is to do in place of what it does. */
export interface Acted {
  readonly exitCode?: number;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** Puts another program in the place of the one that a command starts. */
export function act(command: readonly string[], { exitCode = 0, stdout = '', stderr = '' }: Acted): Sabotage {
  const program = programOf(command);
  if (program === undefined) return unproven('it is the shell itself that does it, and nothing can stand in for that');
  const say = (text: string, where: string) => (text === '' ? [] : [`printf %s ${quote(text)}${where}`]);
  const script = ['#!/bin/sh', ...say(stdout, ''), ...say(stderr, ' >&2'), `exit ${exitCode}`, ''].join('\n');
  return line(
    `place=$(command -v ${quote(program)})`,
    // A shell may have it in itself: then there is no place of it.
    'case "$place" in /*) ;; *) exit 1 ;; esac',
    `printf %s ${quote(script)} > "$place.act"`,
    'chmod 755 "$place.act"',
    'mv -f "$place.act" "$place"',
  );
}

/** Starts something that is called so, and does nothing. */
export const fake = (name: string, ...words: readonly string[]): string => {
  const place = quote(`/tmp/${name}`);
  const script = quote('#!/bin/sh\nsleep 86400\n:\n');
  return `mkdir -p /tmp && printf %s ${script} > ${place} && chmod 755 ${place} && ${staying([place, ...words.map(quote)].join(' '))}`;
};

/** Goes on when the session of the line has ended. */
export const staying = (line: string): string => `(trap '' HUP; ${line} </dev/null >/dev/null 2>&1 &)`;
