import type { Address } from '../../model/address.ts';
import type { Outcome, Result } from '../outcome.ts';
import type { Proof, Proofs } from './prove.ts';

/** What a run came to, with what was shown of each sentence. What nothing was tried of is unproven. */
export const withProofs = (outcome: Outcome, proofs: ReadonlyMap<Address, Proofs>): Outcome => ({
  ...outcome,
  targets: outcome.targets.map(target => ({
    ...target,
    checks: target.checks.map(check => ({
      ...check,
      results: check.results.map(result => ({
        ...result,
        ...toldOf(proofs.get(target.address)?.get(result.sentence)),
      })),
    })),
  })),
});

const toldOf = (proof: Proof | undefined): Pick<Result, 'proved' | 'doubt'> => {
  if (!proof) return { proved: 'unproven', doubt: 'there is no copy of it that could be sabotaged' };
  return proof.proved === 'red' ? { proved: 'red' } : { proved: 'unproven', doubt: proof.why };
};
