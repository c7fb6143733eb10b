import { canonical } from '../kit/json.ts';
import type { Address } from '../model/address.ts';
import { comparable, type SystemModel } from '../model/system-model.ts';
import { type Destruction, type Envelope, isFact, type ReleaseOutcome, type StoredFact } from './fact.ts';
import type { Journal } from './journal.ts';

export interface ReleaseView {
  /** Its id, as in the envelopes of its facts. */
  readonly release: string;
  /** From 1, within its environment. */
  readonly number: number;
  /** The place of the fact that holds its model: see {@link modelAt}. */
  readonly seq: number;
  /** When it began: ISO 8601, UTC. */
  readonly at: string;
  readonly actor: string;
  /** Undefined while it is under way, and for ever when its process was killed. */
  readonly ended?: ReleaseEnd;
}

export interface ReleaseEnd {
  readonly at: string;
  readonly outcome: ReleaseOutcome;
  readonly reason?: string;
  readonly milliseconds: number;
}

/** A release with everything that a rollback, a promotion or a plan reads of it. */
export interface KeptRelease extends ReleaseView {
  readonly model: SystemModel;
  /** The keyed hashes of the secrets that it had. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** All releases of an environment, oldest first. Loads no model. */
export async function releases(journal: Journal, system: string, environment: string): Promise<readonly ReleaseView[]> {
  const scope = { system, environment };
  const begun = await Array.fromAsync(journal.envelopes({ ...scope, kinds: ['release.begun'] }));
  const ended = await Array.fromAsync(journal.read({ ...scope, kinds: ['release.ended'] }));
  return joinReleases(begun, ended);
}

/** The newest release that was kept and whose model is still there; undefined where there is none. */
export const lastKept = async (
  journal: Journal,
  system: string,
  environment: string,
): Promise<KeptRelease | undefined> => (await recentKept(journal, system, environment, 1))[0];

/**
 * So many of the releases that were kept and whose model is still there, newest first. Of several with the same model
 * the newest alone counts, so that going back and forth does not push out what one may want to go back to.
 */
export async function recentKept(
  journal: Journal,
  system: string,
  environment: string,
  atMost: number,
): Promise<readonly KeptRelease[]> {
  const kept = (await releases(journal, system, environment)).filter(({ ended }) => ended?.outcome === 'kept');
  const found = new Map<string, KeptRelease>();
  for (const release of kept.reverse()) {
    if (found.size >= atMost) break;
    const begun = await begunAt(journal, release.seq);
    const which = begun && canonical(comparable(begun.model));
    if (which && !found.has(which)) found.set(which, { ...release, ...begun });
  }
  return [...found.values()];
}

/** The model of the release that began at a place; undefined where it was redacted or none began there. */
export const modelAt = async (journal: Journal, seq: number): Promise<SystemModel | undefined> =>
  (await begunAt(journal, seq))?.model;

/** What the release that began at a place is made of; undefined where it was redacted or none began there. */
export async function begunAt(
  journal: Journal,
  seq: number,
): Promise<Pick<KeptRelease, 'model' | 'secrets'> | undefined> {
  for await (const fact of journal.read({ after: seq - 1, limit: 1 }))
    if (fact.seq === seq && isFact(fact, 'release.begun')) {
      const { model, secrets } = fact.payload;
      return { model, ...(secrets && { secrets }) };
    }
  return undefined;
}

/** What objects were called after their birth: by uid all names that were given, the present one last. */
export async function renames(
  journal: Journal,
  system: string,
  environment: string,
): Promise<ReadonlyMap<string, readonly Address[]>> {
  return foldRenames(await Array.fromAsync(journal.read({ system, environment, kinds: ['resource.renamed'] })));
}

/** Data that is to be destroyed when its time has come, by uid. */
export async function destructions(
  journal: Journal,
  system: string,
  environment: string,
): Promise<ReadonlyMap<string, Destruction>> {
  const kinds = ['destruction.scheduled', 'destruction.cancelled', 'destruction.done'];
  return foldDestructions(await Array.fromAsync(journal.read({ system, environment, kinds })));
}

/** Joins the facts of one environment, each in order of `seq`. */
export function joinReleases(begun: readonly Envelope[], ended: readonly StoredFact[]): readonly ReleaseView[] {
  const ends = new Map(ended.map(fact => [fact.release, endOf(fact)]));
  return begun.map(({ release = '', seq, at, actor }, index) => {
    const end = ends.get(release);
    return { release, number: index + 1, seq, at, actor, ...(end ? { ended: end } : {}) };
  });
}

/** In order of `seq`. */
export function foldRenames(facts: readonly StoredFact[]): ReadonlyMap<string, readonly Address[]> {
  const given = Map.groupBy(
    facts.flatMap(fact => (isFact(fact, 'resource.renamed') ? [fact.payload] : [])),
    ({ uid }) => uid,
  );
  return new Map([...given].map(([uid, renames]) => [uid, renames.map(({ to }) => to)]));
}

/** In order of `seq`. */
export function foldDestructions(facts: readonly StoredFact[]): ReadonlyMap<string, Destruction> {
  const scheduled = new Map<string, Destruction>();
  for (const fact of facts)
    if (isFact(fact, 'destruction.scheduled')) scheduled.set(fact.payload.uid, fact.payload);
    else if (isFact(fact, 'destruction.cancelled') || isFact(fact, 'destruction.done'))
      scheduled.delete(fact.payload.uid);
    // What was redacted may have been about any of them: rather too much is kept.
    else if (fact.kind !== 'destruction.scheduled') scheduled.clear();
  return scheduled;
}

function endOf(fact: StoredFact): ReleaseEnd | undefined {
  return isFact(fact, 'release.ended') ? { at: fact.at, ...fact.payload } : undefined;
}
