import { openSigner, type Signer } from '../signer.ts';
import { openWitness, type Witness } from '../witness.ts';

/** Who signs on this machine and what it has seen of the journal. Read at the first fact: most commands write none. */
export interface Machine {
  readonly signer: Signer;
  readonly witness: Witness;
}

export function machineOf(journal: string, folder: string | undefined): () => Machine {
  let opened: Machine | undefined;
  return () => {
    opened ??= { signer: openSigner(folder), witness: openWitness(journal, folder) };
    return opened;
  };
}
