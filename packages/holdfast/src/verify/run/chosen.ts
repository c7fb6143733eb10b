import { nearest } from '../../kit/nearest.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { nameIn } from '../../model/address.ts';
import type { SaidCheck } from './run-checks.ts';

/**
 * Those that were asked for, by the name of the check or of what it is of; all where none was. Throws a Problem for a name
 * that means nothing: a run of nothing would prove nothing.
 */
export function chosenChecks(all: readonly SaidCheck[], asked: readonly string[]): readonly SaidCheck[] {
  for (const word of asked) if (!all.some(one => isMeant(one, word))) throw unknown(word, all);
  return asked.length === 0 ? all : all.filter(one => asked.some(word => isMeant(one, word)));
}

const isMeant = ({ name, spec: { target } }: SaidCheck, word: string): boolean =>
  name === word || target === word || nameIn(target) === word;

function unknown(word: string, all: readonly SaidCheck[]): Problem {
  const names = [...new Set(all.flatMap(({ name, spec }) => [name, nameIn(spec.target)]))];
  const meant = nearest(word, names);
  return new Problem({
    what: `there is no check "${word}", and none of a "${word}"`,
    why: names.length > 0 ? `there are checks of ${names.join(', ')}` : 'system.ts declares no check',
    ...(meant && { fix: `did you mean ${meant}?` }),
    exit: exitCode.wrongUse,
  });
}
