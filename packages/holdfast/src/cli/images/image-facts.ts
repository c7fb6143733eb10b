import { isFact } from '../../journal/fact.ts';
import type { Journal } from '../../journal/journal.ts';
import { nameIn } from '../../model/address.ts';
import type { Scope } from '../../model/identity.ts';

/** What the journal tells of one image. */
export interface ImageFact {
  readonly kind: 'image.baked' | 'image.sealed' | 'image.refused';
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly name: string;
  readonly inputs: string;
  readonly digest: string;
  /** Hosts that were contacted, of a bake. */
  readonly contacted: readonly string[];
}

const kinds = ['image.baked', 'image.sealed', 'image.refused'] as const;

/** Newest first; of one environment, or of all that a journal tells of. */
export async function imageFacts(journal: Journal, scope: Partial<Scope>): Promise<readonly ImageFact[]> {
  const facts: ImageFact[] = [];
  for await (const fact of journal.read({ ...scope, kinds, newestFirst: true }))
    for (const kind of kinds)
      if (isFact(fact, kind)) {
        const { image, inputs, digest } = fact.payload;
        const contacted = 'contacted' in fact.payload ? fact.payload.contacted : [];
        facts.push({ kind, at: fact.at, name: nameIn(image), inputs, digest, contacted });
      }
  return facts;
}
