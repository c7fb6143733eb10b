import { quote } from '../../../kit/shell-words.ts';

/** Words of a command as a line for a shell. It gets no input: the shell's own is what the shell is told by. */
export const lineOf = (command: readonly string[]): string => `(exec ${command.map(quote).join(' ')}) </dev/null`;
