import { hasPostgres, howToHavePostgres } from '../../packages/holdfast/src/journal/postgres/testing/cluster.ts';
import { postgresGround } from '../../packages/holdfast/src/journal/postgres/testing/ground.ts';
import type { Telling } from '../harness.ts';
import { assertOneChain, beginWriting, groundOf, ownCluster, rateOf, type StoreName, untilWritten } from './writers.ts';

/** So many processes append so many facts at once: one whole chain, and how fast. */
export async function manyWrite(telling: Telling, store: StoreName, processes: number, facts: number): Promise<void> {
  if (store === 'PostgreSQL' && !hasPostgres) return telling.say(howToHavePostgres);
  await using ground = await groundOf(store, telling);
  await (await ground.journal())[Symbol.asyncDispose]();
  const writers = beginWriting(ground, processes, facts);
  await untilWritten(writers);
  await using journal = await ground.journal();
  await assertOneChain(journal, writers, facts);
  telling.say(`${store}, ${processes === 1 ? '1 process' : `${processes} processes`}: ${await rateOf(journal, facts)}`);
}

/** The server is killed again and again while so many facts are appended, and started again. */
export async function serverKilled(telling: Telling, facts: number, kills: number): Promise<void> {
  if (!hasPostgres) return telling.say(howToHavePostgres);
  const cluster = await ownCluster(telling);
  await using ground = await postgresGround(cluster);
  await (await ground.journal())[Symbol.asyncDispose]();
  const writers = beginWriting(ground, 8, facts);
  for (let kill = 1; kill <= kills; kill++) {
    await writers[0]?.hasSaid(Math.floor(((facts / 8) * kill) / (kills + 1)));
    await cluster.kill();
    await cluster.start();
  }
  await untilWritten(writers);
  await using journal = await ground.journal();
  await assertOneChain(journal, writers, facts);
  telling.say(`killed ${kills} times: ${await rateOf(journal, facts)}, each of them there once`);
}
