import { isFact, type StoredFact } from './fact.ts';
import type { Journal } from './journal.ts';

/** What an agent does while nobody looks. */
const kinds = ['guardian.acted', 'job.ended', 'job.skipped', 'backup.taken', 'backup.failed'] as const;

/** How many of the newest are looked through. */
const enough = 500;

/** The newest fact of each job, database and kind of backup, newest first: what was done when nobody was there. */
export async function lastDone(journal: Journal, system: string, environment: string): Promise<readonly StoredFact[]> {
  const newest = await Array.fromAsync(journal.read({ system, environment, kinds, newestFirst: true, limit: enough }));
  return firstOfEach(newest);
}

/** Pure. */
export function firstOfEach(newest: readonly StoredFact[]): readonly StoredFact[] {
  const found = new Map<string, StoredFact>();
  for (const fact of newest) {
    const subject = subjectOf(fact);
    if (subject !== undefined && !found.has(subject)) found.set(subject, fact);
  }
  return [...found.values()];
}

function subjectOf(fact: StoredFact): string | undefined {
  if (isFact(fact, 'guardian.acted')) return `guardian ${fact.payload.cluster}`;
  if (isFact(fact, 'job.ended') || isFact(fact, 'job.skipped')) return fact.payload.job;
  if (isFact(fact, 'backup.taken') || isFact(fact, 'backup.failed'))
    return `backup ${fact.payload.cluster} ${fact.payload.type}`;
  return undefined;
}
