import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, iso, systemClock } from '../kit/clock.ts';
import { type NewId, randomId } from '../kit/id.ts';
import type { Unplaced } from './chain.ts';
import type { Envelope, FactDraft, StoredFact } from './fact.ts';
import { type GroupCommit, groupCommit } from './group-commit.ts';
import type { FactQuery, Journal, Leases, Verification } from './journal.ts';
import { currentActor } from './owner.ts';
import { appendDurably, type Machine, machineOf } from './sqlite/append.ts';
import { pages } from './sqlite/pages.ts';
import { redact } from './sqlite/redact.ts';
import { envelopeColumns, envelopeOf, factColumns, factOf } from './sqlite/rows.ts';
import { openStore, type Store } from './sqlite/store.ts';
import { verifyStore } from './sqlite/verify.ts';
import { type LeaseEffects, sqliteLeases } from './sqlite-leases.ts';
import { openWitness } from './witness.ts';

export interface SqliteJournalOptions extends LeaseEffects {
  /** Who writes. Default: user@host. */
  readonly actor?: string;
  readonly newId?: NewId;
  /** Where this machine's key and witnesses are. Default: `$XDG_STATE_HOME/holdfast`, else `~/.local/state/holdfast`. */
  readonly stateFolder?: string;
  /** For how long to try while others write, in milliseconds. Default 20,000. */
  readonly patience?: number;
  /** How often `follow` looks for other processes' facts, in milliseconds. Default 100. */
  readonly every?: number;
}

/**
 * Opens the journal in a SQLite file, and makes it where there is none, readable by the user alone. Throws a
 * {@link Problem} (exit code 3) where the file is not a journal or of a newer format, or its folder can't be written.
 */
export async function openSqliteJournal(path: string, options: SqliteJournalOptions = {}): Promise<Journal> {
  return new SqliteJournal(await openStore(resolve(path), options.patience), options) satisfies Journal;
}

class SqliteJournal implements Journal {
  readonly leases: Leases;
  readonly #store: Store;
  readonly #options: SqliteJournalOptions;
  readonly #actor: string;
  readonly #clock: Clock;
  readonly #newId: NewId;
  readonly #machine: () => Machine;
  readonly #commits: GroupCommit<Unplaced>;
  readonly #closing = new AbortController();

  constructor(store: Store, options: SqliteJournalOptions) {
    this.#store = store;
    this.#options = options;
    this.#actor = options.actor ?? currentActor();
    this.#clock = options.clock ?? systemClock;
    this.#newId = options.newId ?? randomId;
    this.#machine = machineOf(store, options.stateFolder);
    this.#commits = groupCommit(group => appendDurably(store, this.#machine(), group, this.#clock));
    this.leases = sqliteLeases(store, options);
  }

  async append(facts: readonly FactDraft[]): Promise<void> {
    if (facts.length > 0) await this.#commits.add(facts.map(fact => this.#unplaced(fact)));
  }

  async *read(query: FactQuery = {}): AsyncGenerator<StoredFact> {
    for await (const page of pages(this.#store, factColumns, query)) yield* page.map(factOf);
  }

  async *envelopes(query: FactQuery = {}): AsyncGenerator<Envelope> {
    for await (const page of pages(this.#store, envelopeColumns, query)) yield* page.map(envelopeOf);
  }

  async *follow(after: number, signal: AbortSignal): AsyncGenerator<StoredFact> {
    const over = AbortSignal.any([signal, this.#closing.signal]);
    for (let last = after; !over.aborted; await pause(this.#options.every ?? 100, over)) {
      for await (const fact of this.#readUntil(over, last)) {
        last = fact.seq;
        yield fact;
      }
    }
  }

  head(): Promise<number> {
    return this.#store.run(() => Number(this.#store.prepare('select max(seq) as head from facts').get()?.head ?? 0));
  }

  verify(): Promise<Verification> {
    return verifyStore(this.#store, openWitness(this.#store.journal, this.#options.stateFolder));
  }

  redact(seq: number, reason: string): Promise<void> {
    return redact(this.#store, this.#machine(), seq, reason, this.#clock, ({ system, environment, release }) =>
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
    this.#store.close();
  }

  async *#readUntil(over: AbortSignal, after: number): AsyncGenerator<StoredFact> {
    for await (const page of pages(this.#store, factColumns, { after })) {
      for (const fact of page.map(factOf)) {
        yield fact;
        if (over.aborted) return;
      }
    }
  }

  #unplaced({ kind, system, environment, release, payload }: FactDraft): Unplaced {
    const named = { system, environment, ...(release === undefined ? {} : { release }), kind };
    const envelope = { format: 1, id: this.#newId(), at: iso(this.#clock()), actor: this.#actor, ...named } as const;
    return { envelope, payload: JSON.stringify(payload ?? null) };
  }
}

/** Ends early when the signal says so. */
const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal }).catch(() => {});
