import { describe } from 'vitest';
import type { Journal } from '../journal.ts';
import { appending } from './appending.ts';
import { following } from './following.ts';
import { leasing } from './leasing.ts';
import type { JournalDoor } from './process.ts';
import { reading } from './reading.ts';
import { redacting } from './redacting.ts';

/** A new, empty journal to test. Disposing it takes everything away that the test made. */
export interface JournalGround extends AsyncDisposable {
  /** One more connection to it. */
  journal(): Promise<Journal>;
  readonly door: JournalDoor;
}

export type OpenGround = () => Promise<JournalGround>;

/** What every store of the journal does. */
export function journalConformance(name: string, open: OpenGround): void {
  describe(`${name} keeps the contract of a journal`, () => {
    describe('appending', () => appending(open));
    describe('reading', () => reading(open));
    describe('following', () => following(open));
    describe('redacting', () => redacting(open));
    describe('leases', () => leasing(open));
  });
}
