import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Watch } from '../store/journal-on.ts';
import { settingsOf } from './connection/pool.ts';
import type { Store } from './store.ts';

/**
 * Hears of new facts on a connection of its own. Where it can't be had, is lost, or says nothing because a proxy stands
 * in between, looking each so many milliseconds does.
 */
export async function watchFacts({ address, tables }: Store, every: number): Promise<Watch> {
  const bell = new EventTarget();
  const missed = { ring: false };
  let client: pg.Client | undefined;
  client = await listen();
  return {
    async next(over) {
      const wasDeaf = !client;
      client ??= await listen();
      // What came while nobody listened is read at once.
      if (!missed.ring && !(wasDeaf && client)) await rungWithin(bell, every, over);
      missed.ring = false;
    },
    async [Symbol.asyncDispose]() {
      await client?.end();
    },
  };

  async function listen(): Promise<pg.Client | undefined> {
    const made = new pg.Client(settingsOf(address, every));
    made.on('notification', ring);
    made.on('error', ring);
    made.on('end', () => {
      if (client === made) client = undefined;
      ring();
    });
    try {
      await made.connect();
      await made.query(`listen "${tables.journal}"`);
      return made;
    } catch {
      await made.end().catch(() => {});
      return undefined;
    }
  }

  function ring(): void {
    missed.ring = true;
    bell.dispatchEvent(new Event('ring'));
  }
}

async function rungWithin(bell: EventTarget, milliseconds: number, over: AbortSignal): Promise<void> {
  const enough = new AbortController();
  const signal = AbortSignal.any([over, enough.signal]);
  await Promise.race([once(bell, 'ring', { signal }), sleep(milliseconds, undefined, { signal })]).catch(() => {});
  enough.abort();
}
