import { type DerivedAssertion, follows } from '../derived.ts';
import type { DeclaredService } from '../subjects.ts';

/** Each port that is declared listens, and nothing else does: not a debugger, nor an administration left open. */
export function ports({ name, spec }: DeclaredService): readonly DerivedAssertion[] {
  const byNumber = Map.groupBy(Object.entries(spec.ports), ([, port]) => port);
  const declared = [...byNumber].map(([port, names]) =>
    follows(
      `service ${name} declares it as ${names.map(([one]) => one).join(' and ')}`,
      { type: 'port', port, protocol: 'tcp' },
      'listens',
    ),
  );
  return [...declared, nothingElse(name, [...byNumber.keys()])];
}

const nothingElse = (name: string, all: readonly number[]): DerivedAssertion =>
  all.length === 0
    ? follows(`service ${name} declares no ports`, { type: 'listening' }, 'none')
    : follows(`service ${name} declares no other ports`, { type: 'listening' }, 'only', all);
