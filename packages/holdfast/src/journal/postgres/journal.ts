import { systemClock } from '../../kit/clock.ts';
import type { LeaseOwner } from '../fact.ts';
import type { Journal } from '../journal.ts';
import { type FactStore, journalOn, type Writing } from '../store/journal-on.ts';
import { machineOf } from '../store/machine.ts';
import { openWitness } from '../witness.ts';
import { appendDurably } from './append.ts';
import { addressOf } from './connection/address.ts';
import { patiently } from './connection/patience.ts';
import { openPool } from './connection/pool.ts';
import { asStoreProblem } from './connection/problems.ts';
import { postgresLeases } from './leases.ts';
import { pages } from './pages.ts';
import { redact } from './redact.ts';
import { foundIn } from './schema/migrate.ts';
import { openStore, type Store } from './store.ts';
import { verifyStore } from './verify.ts';
import { watchFacts } from './watch.ts';

export interface PostgresJournalOptions extends Writing {
  readonly isDead?: (owner: LeaseOwner) => boolean;
  /** Where this machine's key and witnesses are. Default: `$XDG_STATE_HOME/holdfast`, else `~/.local/state/holdfast`. */
  readonly stateFolder?: string;
  /** For how long to try while the database is away or others write, in milliseconds. Default 30,000. */
  readonly patience?: number;
  /** How often `follow` looks by itself, should it not be told of other processes' facts, in milliseconds. Default 1,000. */
  readonly every?: number;
}

/**
 * Opens the journal in a PostgreSQL database, and makes its schema where there is none. Throws a {@link Problem} (exit
 * code 3) where the database can't be reached or refuses, or the journal is of a newer format.
 */
export async function openPostgresJournal(url: string, options: PostgresJournalOptions = {}): Promise<Journal> {
  return journalOn(factStore(await openStore(addressOf(url), options.patience), options), options);
}

function factStore(store: Store, options: PostgresJournalOptions): FactStore {
  const { clock = systemClock, stateFolder, every = 1_000, isDead } = options;
  const machine = machineOf(store.journal, stateFolder);
  return {
    leases: postgresLeases(store, isDead),
    append: facts => appendDurably(store, machine(), facts, clock),
    pages: (columns, query) => pages(store, columns, query),
    head: () => headOf(store),
    verify: () => verifyStore(store, openWitness(store.journal, stateFolder)),
    redact: (seq, reason, noteOn) => redact(store, machine(), seq, reason, clock, noteOn),
    watch: () => watchFacts(store, every),
    close: () => store.close(),
  };
}

const headOf = (store: Store): Promise<number> =>
  store.run(
    async on => (await on.query(`select coalesce(max(seq), 0) as head from ${store.tables.facts}`)).rows[0].head,
  );

/** Whether there is one at the address, which is not made. Throws a {@link Problem} where nobody can tell. */
export async function isPostgresJournal(url: string): Promise<boolean> {
  const address = addressOf(url);
  const pool = openPool(address, 5_000);
  try {
    return (await patiently(() => foundIn(pool, address), 5_000)) !== undefined;
  } catch (error) {
    throw asStoreProblem(error, address.shown);
  } finally {
    await pool.end();
  }
}
