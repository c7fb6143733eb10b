import { isFact, type StoredFact } from '../../journal/fact.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Address } from '../../model/address.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { DocsKnowledge, Sealed } from '../../verify/docs/knowledge.ts';
import { runningDigests } from '../checking/digests.ts';
import { openJournal, type Place } from '../ground/place.ts';
import { toldBounds } from './bounds.ts';

type Found = Pick<DocsKnowledge, 'facts' | 'digests' | 'seals' | 'asOf'>;

const nothing: Found = { facts: [], digests: new Map(), seals: new Map() };

/** What the pages are written from: the model, and what the journal tells. Asks no engine. */
export async function knowledgeOf(
  place: Place,
  model: SystemModel,
  now: number,
  verbs: ReadonlySet<string>,
): Promise<DocsKnowledge> {
  const found = (await place.state.journal.isThere()) ? await foundIn(place, model) : nothing;
  return { model, now, verbs, bounds: toldBounds(model), ...found };
}

async function foundIn(place: Place, model: SystemModel): Promise<Found> {
  await using journal = await openJournal(place);
  const scope = { system: model.name, environment: model.environment };
  const facts = await Array.fromAsync(
    journal.read({ ...scope, kinds: ['check.ran', 'declaration.checked', 'promise.measured'] }),
  );
  const digests = await runningDigests(journal, model);
  return { facts, digests, seals: await sealsOf(journal, scope, digests), ...(await newest(journal, scope)) };
}

async function sealsOf(
  journal: Journal,
  scope: { readonly system: string; readonly environment: string },
  digests: ReadonlyMap<Address, string>,
): Promise<ReadonlyMap<Address, Sealed>> {
  const sealed = await Array.fromAsync(journal.read({ ...scope, kinds: ['image.sealed'] }));
  return new Map(
    sealed.flatMap((fact: StoredFact) => {
      if (!isFact(fact, 'image.sealed')) return [];
      const { image, digest, checks } = fact.payload;
      return digests.get(image) === digest ? [[image, { digest, at: fact.at, checks }] as const] : [];
    }),
  );
}

async function newest(
  journal: Journal,
  scope: { readonly system: string; readonly environment: string },
): Promise<Pick<Found, 'asOf'>> {
  for await (const { seq, at } of journal.envelopes({ ...scope, newestFirst: true, limit: 1 }))
    return { asOf: { seq, at } };
  return {};
}
