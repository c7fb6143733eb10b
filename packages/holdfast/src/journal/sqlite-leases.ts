import { type Clock, systemClock } from '../kit/clock.ts';
import { ownModule } from '../kit/own-module.ts';
import type { LeaseOwner } from './fact.ts';
import type { Leases } from './journal.ts';
import { answerTo, isHeldBy, type LeaseState } from './lease-rule.ts';
import { isDead } from './owner.ts';
import { openStore, type Store } from './sqlite/store.ts';

export interface LeaseEffects {
  readonly clock?: Clock;
  readonly isDead?: (owner: LeaseOwner) => boolean;
}

/** What a `LeaseDoor` leads to. `location` is the journal's path. */
export const openLeases = async (location: string): Promise<Leases> => sqliteLeases(await openStore(location));

export function sqliteLeases(store: Store, effects: LeaseEffects = {}): Leases {
  const { clock, isDead: isOver } = { clock: systemClock, isDead, ...effects };
  const answerNow = (name: string) => answerTo(read(store, name), clock(), isOver);
  return {
    door: { module: ownModule(import.meta.url, 'sqlite-leases').href, location: store.path },

    // Those who wait ask often: only who may get it asks for the right to write.
    async take(name, owner, lasting) {
      const answer = await store.run(() => answerNow(name));
      return answer.taken ? store.transact(() => taken(name, owner, lasting)) : answer;
    },

    renew: (name, token, lasting) => store.run(() => changed(store, 'expires = ?', clock() + lasting, name, token)),

    holds: (name, token) => store.run(() => isHeldBy(read(store, name), token, clock())),

    leave: async (name, token) => {
      await store.run(() => changed(store, 'owner = ?', null, name, token));
    },

    holder: async name => {
      const answer = await store.run(() => answerNow(name));
      return answer.taken ? undefined : { owner: answer.holder, expires: answer.expires };
    },
  };

  function taken(name: string, owner: LeaseOwner, lasting: number) {
    const answer = answerNow(name);
    if (answer.taken) write(store, name, { token: answer.token, owner, expires: clock() + lasting });
    return answer;
  }
}

function read(store: Store, name: string): LeaseState | undefined {
  const row = store.prepare('select token, owner, expires from leases where name = ?').get(name);
  if (!row) return undefined;
  const owner = row.owner === null ? undefined : (JSON.parse(row.owner as string) as LeaseOwner);
  return { token: row.token as number, owner, expires: row.expires as number };
}

const write = (store: Store, name: string, { token, owner, expires }: LeaseState): unknown =>
  store
    .prepare('insert or replace into leases (name, token, owner, expires) values (?, ?, ?, ?)')
    .run(name, token, JSON.stringify(owner), expires);

/** One statement, which a thread that is stopped in the middle of it can't leave half done. */
const changed = (store: Store, change: string, value: number | null, name: string, token: number): boolean =>
  store
    .prepare(`update leases set ${change} where name = ? and token = ? and owner is not null`)
    .run(value, name, token).changes > 0;
