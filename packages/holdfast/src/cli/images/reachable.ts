import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isFact } from '../../journal/fact.ts';
import type { Journal } from '../../journal/journal.ts';
import { journalAt } from '../../journal/journal-at.ts';
import { recentKept } from '../../journal/view.ts';
import { asProblem, Problem } from '../../kit/problem.ts';
import { imagesIn, rememberedReleases } from './collection.ts';

/** What somebody may want again: a release that was kept, or an image that was sealed last. */
export interface Reachable {
  /** Inputs of images. */
  readonly inputs: ReadonlySet<string>;
  /** Digests of images that were sealed last. */
  readonly sealed: ReadonlySet<string>;
}

/**
 * What the journals of all who use a store name. A journal that is no longer there wants nothing; one that can't be read
 * is a Problem, since nobody can tell what it wants. One that is open already is left to who opened it.
 */
export async function reachableIn(store: string, open?: string): Promise<Reachable> {
  const folder = join(store, 'users');
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(names.filter(isNote).map(name => wantedBy(join(folder, name), open)));
  return joined(found);
}

const isNote = (name: string): boolean => name.endsWith('.json');

export const joined = (all: readonly Reachable[]): Reachable => ({
  inputs: new Set(all.flatMap(({ inputs }) => [...inputs])),
  sealed: new Set(all.flatMap(({ sealed }) => [...sealed])),
});

async function wantedBy(note: string, open: string | undefined): Promise<Reachable> {
  const location = await journalOf(note);
  if (location === open) return joined([]);
  try {
    const place = journalAt(location);
    if (await place.isThere()) {
      await using journal = await place.open();
      return await wantedIn(journal);
    }
  } catch (error) {
    throw unreadable(location, error);
  }
  await rm(note, { force: true });
  return joined([]);
}

async function journalOf(note: string): Promise<string> {
  try {
    const { journal } = JSON.parse(await readFile(note, 'utf8')) as { readonly journal?: unknown };
    if (typeof journal === 'string') return journal;
  } catch (error) {
    throw unreadable(note, error);
  }
  throw unreadable(note, new Error('it names no journal'));
}

/** Of each environment that a journal tells of. */
export async function wantedIn(journal: Journal): Promise<Reachable> {
  const inputs = new Set<string>();
  const sealed = new Set<string>();
  for (const { system, environment } of await scopesIn(journal)) {
    const kept = await recentKept(journal, system, environment, rememberedReleases);
    for (const { model } of kept) for (const image of imagesIn(model)) inputs.add(image.inputs);
    for (const last of await sealedLast(journal, system, environment)) {
      inputs.add(last.inputs);
      sealed.add(last.digest);
    }
  }
  return { inputs, sealed };
}

async function scopesIn(journal: Journal) {
  const scopes = new Map<string, { readonly system: string; readonly environment: string }>();
  for await (const { system, environment } of journal.envelopes({ kinds: ['release.begun', 'image.sealed'] }))
    scopes.set(`${system}/${environment}`, { system, environment });
  return scopes.values();
}

/** The newest seal of each image. */
async function sealedLast(journal: Journal, system: string, environment: string) {
  const last = new Map<string, { readonly inputs: string; readonly digest: string }>();
  for await (const fact of journal.read({ system, environment, kinds: ['image.sealed'], newestFirst: true }))
    if (isFact(fact, 'image.sealed') && !last.has(fact.payload.image)) last.set(fact.payload.image, fact.payload);
  return last.values();
}

function unreadable(path: string, error: unknown): Problem {
  const { parts } = asProblem(error);
  return new Problem({
    what: 'nothing is pruned: it can’t be told what a user of this store still needs',
    where: path,
    why: parts.what,
    fix: 'mend that journal or give its owner’s project the right to read it (the password of a database: in PGPASSWORD or its file); if the project is gone for good, remove the journal',
    exit: 3,
    cause: error,
  });
}
