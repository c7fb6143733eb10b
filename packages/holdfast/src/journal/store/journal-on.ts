import { type Clock, iso, systemClock } from '../../kit/clock.ts';
import { type NewId, randomId } from '../../kit/id.ts';
import type { Unplaced } from '../chain.ts';
import type { Envelope, FactDraft, StoredFact } from '../fact.ts';
import { type GroupCommit, groupCommit } from '../group-commit.ts';
import type { FactQuery, Journal, Leases, Verification } from '../journal.ts';
import { currentActor } from '../owner.ts';
import { envelopeColumns, envelopeOf, factColumns, factOf, type Row } from './rows.ts';

/** What a store does for a journal. */
export interface FactStore {
  readonly leases: Leases;
  /** Durable as a whole when it resolves, at the end of the chain, which is signed. At least one fact. */
  append(facts: readonly Unplaced[]): Promise<void>;
  pages(columns: string, query: FactQuery): AsyncIterable<readonly Row[]>;
  head(): Promise<number>;
  verify(): Promise<Verification>;
  /** Takes a payload away and appends the note on it, as one. A second time does nothing. */
  redact(seq: number, reason: string, noteOn: (fact: Envelope) => Unplaced): Promise<void>;
  watch(): Promise<Watch>;
  close(): Promise<void>;
}

/** Whether there may be more to read. */
export interface Watch extends AsyncDisposable {
  /** Resolves when there may be facts that came since it was made, or since it resolved last; or with the signal. */
  next(over: AbortSignal): Promise<void>;
}

/** Who writes, and when. */
export interface Writing {
  /** Who writes. Default: user@host. */
  readonly actor?: string;
  readonly clock?: Clock;
  readonly newId?: NewId;
}

export const journalOn = (store: FactStore, writing: Writing): Journal => new StoredJournal(store, writing);

class StoredJournal implements Journal {
  readonly leases: Leases;
  readonly #store: FactStore;
  readonly #unplaced: (draft: FactDraft) => Unplaced;
  readonly #commits: GroupCommit<Unplaced>;
  readonly #closing = new AbortController();

  constructor(store: FactStore, writing: Writing) {
    this.leases = store.leases;
    this.#store = store;
    this.#unplaced = unplacedBy(writing);
    this.#commits = groupCommit(group => store.append(group));
  }

  async append(facts: readonly FactDraft[]): Promise<void> {
    if (facts.length > 0) await this.#commits.add(facts.map(this.#unplaced));
  }

  async *read(query: FactQuery = {}): AsyncGenerator<StoredFact> {
    for await (const page of this.#store.pages(factColumns, query)) yield* page.map(factOf);
  }

  async *envelopes(query: FactQuery = {}): AsyncGenerator<Envelope> {
    for await (const page of this.#store.pages(envelopeColumns, query)) yield* page.map(envelopeOf);
  }

  async *follow(after: number, signal: AbortSignal): AsyncGenerator<StoredFact> {
    const over = AbortSignal.any([signal, this.#closing.signal]);
    if (over.aborted) return;
    await using watch = await this.#store.watch();
    for (let last = after; !over.aborted; await watch.next(over)) {
      for await (const fact of this.#readUntil(over, last)) {
        last = fact.seq;
        yield fact;
      }
    }
  }

  head(): Promise<number> {
    return this.#store.head();
  }

  verify(): Promise<Verification> {
    return this.#store.verify();
  }

  redact(seq: number, reason: string): Promise<void> {
    return this.#store.redact(seq, reason, ({ system, environment, release }) =>
      this.#unplaced({
        kind: 'fact.redacted',
        system,
        environment,
        ...(release === undefined ? {} : { release }),
        payload: { seq, reason },
      }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#commits.settled();
    await this.#store.close();
  }

  async *#readUntil(over: AbortSignal, after: number): AsyncGenerator<StoredFact> {
    for await (const page of this.#store.pages(factColumns, { after })) {
      for (const fact of page.map(factOf)) {
        yield fact;
        if (over.aborted) return;
      }
    }
  }
}

/** Payloads become text at once, so that a draft that changes later is recorded as it was. */
const unplacedBy =
  ({ actor = currentActor(), clock = systemClock, newId = randomId }: Writing) =>
  ({ kind, system, environment, release, payload }: FactDraft): Unplaced => {
    const named = { system, environment, ...(release === undefined ? {} : { release }), kind };
    const envelope = { format: 1, id: newId(), at: iso(clock()), actor, ...named } as const;
    return { envelope, payload: JSON.stringify(payload ?? null) };
  };
