import { randomId } from '../../kit/id.ts';
import { ownModule } from '../../kit/own-module.ts';
import type { LeaseOwner } from '../fact.ts';
import type { LeaseAnswer, Leases } from '../journal.ts';
import { answerTo, isHeldBy, type LeaseState } from '../lease-rule.ts';
import { isDead } from '../owner.ts';
import { addressOf } from './connection/address.ts';
import { type Asked, openStore, type Store } from './store.ts';

/** What a `LeaseDoor` leads to. `location` is the database's URL. */
export const openLeases = async (location: string): Promise<Leases> =>
  postgresLeases(await openStore(addressOf(location)));

/**
 * Milliseconds since 1970 by the database's clock. Machines that share a lease don't share a clock: a minute of difference
 * would give one of them a lease that the other still holds. `now()` would be the transaction's beginning, before a wait.
 */
const now = '(extract(epoch from clock_timestamp()) * 1000)::bigint';

export function postgresLeases(store: Store, isOver: (owner: LeaseOwner) => boolean = isDead): Leases {
  const { tables } = store;
  const answer = async (on: Asked, name: string) => answerIn(await read(store, on, name), isOver);
  return {
    door: { module: ownModule(import.meta.url, 'leases').href, location: store.address.url.reveal() },

    // Those who wait ask often: only who may get it asks for the row.
    async take(name, owner, lasting) {
      const first = await store.run(on => answer(on, name));
      return first.taken ? taken(name, owner, lasting) : first;
    },

    renew: (name, token, lasting) => changed(`expires = ${now} + $3`, [name, token, lasting]),

    holds: (name, token) =>
      store.run(async on => {
        const row = await read(store, on, name);
        return isHeldBy(row, token, row?.now ?? 0);
      }),

    leave: async (name, token) => {
      await changed('owner = null', [name, token]);
    },

    holder: async name => {
      const found = await store.run(on => answer(on, name));
      return found.taken ? undefined : { owner: found.holder, expires: found.expires };
    },
  };

  /** A try whose commit was not heard of is known by what it was asked with. */
  async function taken(name: string, owner: LeaseOwner, lasting: number): Promise<LeaseAnswer> {
    const asked = randomId();
    let given: LeaseAnswer | undefined;
    return store.transact(async (on, { tries }) => {
      await on.query(`insert into ${tables.leases} (name, token, expires) values ($1, 0, 0) on conflict do nothing`, [
        name,
      ]);
      const row = await read(store, on, name, 'for update');
      if (tries > 0 && given && row?.asked === asked) return given;
      given = answerIn(row, isOver);
      if (given.taken)
        await on.query(
          `update ${tables.leases} set token = $2, owner = $3, expires = ${now} + $4, asked = $5 where name = $1`,
          [name, given.token, JSON.stringify(owner), lasting, asked],
        );
      return given;
    });
  }

  /** One statement, which a thread that is stopped in the middle of it can't leave half done. */
  function changed(change: string, values: readonly unknown[]): Promise<boolean> {
    const sql = `update ${tables.leases} set ${change} where name = $1 and token = $2 and owner is not null`;
    return store.run(async on => (await on.query(sql, [...values])).rowCount === 1);
  }
}

/** As the row has it, with the database's time. */
interface LeaseRow extends LeaseState {
  readonly asked: string | null;
  readonly now: number;
}

async function read({ tables }: Store, on: Asked, name: string, lock = ''): Promise<LeaseRow | undefined> {
  const { rows } = await on.query(
    `select token, owner, expires, asked, ${now} as now from ${tables.leases} where name = $1 ${lock}`,
    [name],
  );
  const row = rows[0];
  return row && { ...row, owner: row.owner === null ? undefined : (JSON.parse(row.owner) as LeaseOwner) };
}

const answerIn = (row: LeaseRow | undefined, isOver: (owner: LeaseOwner) => boolean): LeaseAnswer =>
  answerTo(row, row?.now ?? 0, isOver);
