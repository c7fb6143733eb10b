import { setTimeout as pause } from 'node:timers/promises';
import { json, notFound } from './answers.ts';
import { openDatabase, reasonOf, whyUnreachable } from './database.ts';
import { onStop } from './leave.ts';
import { closed, listen } from './listen.ts';
import { say } from './log.ts';
import { packOrders } from './orders.ts';
import { readSettings } from './settings.ts';

const settings = readSettings();
if (settings.fault === 'crash-worker') throw new Error('SHOP_FAULT asks for it: crash-worker');

const database = openDatabase(settings.database);
const leaving = new AbortController();

const server = await listen(settings.port, async ({ url }) => {
  if (url !== '/healthz') return notFound(`page ${url}`);
  const reason = await whyUnreachable(database);
  return reason ? json(503, { healthy: false, reason }) : json(200, { healthy: true });
});

const work = packUntil(leaving.signal);
say('the worker is ready', { version: settings.version });

onStop(async () => {
  leaving.abort();
  await work;
  await closed(server);
  await database.end();
});

async function packUntil(stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const packed = await packSome();
    if (packed === 0) await pause(500, undefined, { signal: stop }).catch(() => undefined);
  }
}

async function packSome(): Promise<number> {
  try {
    const packed = await packOrders(database);
    for (const order of packed) say('packed', { order });
    return packed.length;
  } catch (error) {
    say('could not pack', { reason: reasonOf(error) });
    return 0;
  }
}
