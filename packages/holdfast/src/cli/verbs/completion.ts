import type { Command } from 'commander';
import type { CommonOptions, Verb } from '../call.ts';
import { bash } from '../completion/bash.ts';
import { fish } from '../completion/fish.ts';
import { wordsOf } from '../completion/words.ts';
import { zsh } from '../completion/zsh.ts';

const shells = { bash, zsh, fish } as const;
export type Shell = keyof typeof shells;

/** The completion script of a shell, made of the verbs and options that there are. */
export const completion: Verb<CommonOptions, [shell: Shell, program: Command]> = async (
  { outside },
  shell,
  program,
) => {
  outside.stdout.write(shells[shell](wordsOf(program)));
  return 0;
};
