import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../kit/clock.ts';
import type { Journal } from './journal.ts';
import { appendDurably } from './sqlite/append.ts';
import { pages } from './sqlite/pages.ts';
import { redact } from './sqlite/redact.ts';
import { openStore, type Store } from './sqlite/store.ts';
import { verifyStore } from './sqlite/verify.ts';
import { type LeaseEffects, sqliteLeases } from './sqlite-leases.ts';
import { type FactStore, journalOn, type Watch, type Writing } from './store/journal-on.ts';
import { machineOf } from './store/machine.ts';
import { openWitness } from './witness.ts';

export interface SqliteJournalOptions extends Writing, LeaseEffects {
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
  return journalOn(factStore(await openStore(resolve(path), options.patience), options), options);
}

function factStore(store: Store, options: SqliteJournalOptions): FactStore {
  const { clock = systemClock, stateFolder, every = 100 } = options;
  const machine = machineOf(store.journal, stateFolder);
  return {
    leases: sqliteLeases(store, options),
    append: facts => appendDurably(store, machine(), facts, clock),
    pages: (columns, query) => pages(store, columns, query),
    head: () => store.run(() => Number(store.prepare('select max(seq) as head from facts').get()?.head ?? 0)),
    verify: () => verifyStore(store, openWitness(store.journal, stateFolder)),
    redact: (seq, reason, noteOn) => redact(store, machine(), seq, reason, clock, noteOn),
    watch: async () => lookingEach(every),
    close: async () => store.close(),
  };
}

/** Nothing tells of what other processes write: looking is all there is. Ends early when the signal says so. */
const lookingEach = (milliseconds: number): Watch => ({
  next: over => sleep(milliseconds, undefined, { signal: over }).catch(() => {}),
  [Symbol.asyncDispose]: async () => {},
});
