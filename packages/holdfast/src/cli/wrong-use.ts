import type { CommanderError } from 'commander';
import { exitCode, Problem } from '../kit/problem.ts';

/** The Problem in what the option parser refuses: `error: unknown command 'pln'⏎(Did you mean plan?)`. */
export function wrongUse({ message }: CommanderError): Problem {
  const [what = '', hint] = message.replace(/^error: /, '').split('\n');
  const meant = /\(Did you mean (?:one of )?(.+)\?\)/.exec(hint ?? '')?.[1];
  return new Problem({
    what,
    fix: meant ? `did you mean ${meant}?` : 'holdfast help lists the verbs, and holdfast help VERB what one takes',
    exit: exitCode.wrongUse,
  });
}
