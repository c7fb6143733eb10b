import { isFact, type StoredFact } from '../../journal/fact.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Address } from '../../model/address.ts';
import type { Scope } from '../../model/identity.ts';

/** What the journal knows of a job. All in milliseconds since 1970. */
export interface Past {
  /** The last slot that it was started for, or told to be skipped; undefined where there was none. */
  readonly last?: number;
  /** A run that nobody saw the end of. */
  readonly open?: { readonly slot: string; readonly at: number };
}

const kinds = ['job.started', 'job.ended', 'job.skipped'] as const;

export async function pastOf(journal: Journal, scope: Scope, job: Address): Promise<Past> {
  const newest: StoredFact[] = [];
  for await (const fact of journal.read({ ...scope, kinds, newestFirst: true })) {
    if (jobIn(fact) !== job) continue;
    newest.push(fact);
    if (fact.kind === 'job.started') break;
  }
  return pastIn(newest);
}

/** Of the facts of one job since it was started last, newest first. Pure. */
export function pastIn(newest: readonly StoredFact[]): Past {
  const started = newest.find(fact => isFact(fact, 'job.started'));
  if (!started || !isFact(started, 'job.started')) return lastIn(newest);
  const { slot } = started.payload;
  const hasEnded = newest.some(fact => isFact(fact, 'job.ended') && fact.payload.slot === slot);
  return { ...lastIn(newest), ...(!hasEnded && { open: { slot, at: Date.parse(started.at) } }) };
}

function lastIn(facts: readonly StoredFact[]): Past {
  const slots = facts.map(fact => Date.parse((fact.payload as { slot: string }).slot));
  return slots.length > 0 ? { last: Math.max(...slots) } : {};
}

const jobIn = (fact: StoredFact): Address | undefined => (fact.payload as { job?: Address } | null)?.job;
