/** Stories of the shop under 200 requests a second while it is changed. No request may fail, whatever becomes of it. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Ended, shared, type Telling } from '../harness.ts';
import { type Container, containersOf, runInContainer } from './containers.ts';
import { inWords, type LoadShape, startLoad } from './load.ts';
import type { Running } from './run.ts';
import { assertAllOf, openShop, readOrder, type Shop } from './shop.ts';

/** What all of them are told in. */
export const theShop = shared(openShop);

/** Does something to the shop under load; then no request has failed, and no order is lost. */
async function underLoad<T>(shop: Shop, telling: Telling, shape: LoadShape, work: () => Promise<T>): Promise<T> {
  const load = startLoad(shop, shape);
  telling.after(() => load.stop());
  await sleep(1_000);
  const done = await work();
  await sleep(1_000);
  const tally = await load.stop();
  telling.say(inWords(tally));
  assert.equal(tally.failed, 0, 'requests failed');
  assert.ok(tally.perSecond >= 190, 'the load was not what it ought to be');
  const some = tally.orders.filter((_, nth) => nth % 10 === 0 || nth > tally.orders.length - 20);
  assert.ok(some.length > 0);
  for (const id of some) assert.equal((await readOrder(shop, id)).id, id);
  return done;
}

/** What runs now comes from a release of this version, without a fault and with three instances. */
async function isAt(version: string): Promise<Shop> {
  const shop = await theShop();
  await shop.project.write('system.ts', shop.system);
  await shop.project.given({ SHOP_VERSION: version }).must('up', '--yes');
  await assertAllOf(shop, version);
  return shop;
}

export async function newVersion(telling: Telling, connections: 'kept' | 'new' | 'both'): Promise<void> {
  const shop = await isAt('1');
  const up = () => shop.project.given({ SHOP_VERSION: '2' }).must('up', '--yes');
  const { seconds } = await underLoad(shop, telling, { connections }, up);
  telling.say(`the new version was out after ${seconds.toFixed(1)} s`);
  await assertAllOf(shop, '2');
}

export async function variableAlone(telling: Telling): Promise<void> {
  const shop = await isAt('2');
  await shop.project.write('system.ts', shop.system.replace('SHOP_FAULT },', "SHOP_FAULT, GREETING: 'hello' },"));
  await underLoad(shop, telling, {}, () => shop.project.given({ SHOP_VERSION: '2' }).must('up', '--yes'));
  await assertAllOf(shop, '2');
  for (const { id } of await containersOf(shop.project.name, { service: 'web' }))
    assert.equal(await runInContainer(id, 'printenv', 'GREETING'), 'hello');
}

export async function neverHealthy(telling: Telling): Promise<void> {
  const shop = await isAt('2');
  const ended = await underLoad(shop, telling, {}, () =>
    shop.project.given({ SHOP_VERSION: '3', SHOP_FAULT: 'never-healthy' }).holdfast('up', '--yes'),
  );
  await wentBack(shop, ended, '2');
  const said = ended.stdout + ended.stderr;
  assert.match(said, /web\.\d never became healthy/);
  assert.match(said, /503/, "the probe's last answer");
  assert.match(said, /SHOP_FAULT asks for it/, "the probe's last answer");
  assert.match(said, /"what":"the shop is open","port":8080,"version":"3"/, "the new instance's own log lines");
}

export async function secondServiceFails(telling: Telling, from = '2'): Promise<void> {
  const shop = await isAt(from);
  const before = await containersOf(shop.project.name, { service: 'web' });
  const ended = await underLoad(shop, telling, {}, () =>
    shop.project.given({ SHOP_VERSION: '3', SHOP_FAULT: 'crash-worker' }).holdfast('up', '--yes'),
  );
  await wentBack(shop, ended, from);
  assert.match(ended.stdout + ended.stderr, /SHOP_FAULT asks for it: crash-worker/, "the worker's own log lines");
  const after = await containersOf(shop.project.name, { service: 'web' });
  assert.ok(
    after.every(({ id }) => before.every(old => old.id !== id)),
    'web had been replaced before the worker failed',
  );
}

export async function ctrlC(telling: Telling): Promise<void> {
  const shop = await isAt('2');
  const ended = await underLoad(shop, telling, {}, async () => {
    const before = await containersOf(shop.project.name, { service: 'web' });
    const running = shop.project.given({ SHOP_VERSION: '3' }).begin('up', '--yes');
    await isHalfDone(shop, before, running);
    pressCtrlC(running);
    return running.ended;
  });
  await wentBack(shop, ended, '2');
}

export async function scaling(telling: Telling): Promise<void> {
  const shop = await isAt('2');
  const scale = async (replicas: number): Promise<void> => {
    await shop.project.write('system.ts', shop.system.replace('replicas: 3', `replicas: ${replicas}`));
    await shop.project.given({ SHOP_VERSION: '2' }).must('up', '--yes');
    await assertAllOf(shop, '2', replicas);
  };
  await underLoad(shop, telling, {}, async () => {
    await scale(5);
    await scale(2);
  });
}

/** The command failed, all instances are of the old version and well, and nothing is left to do. */
async function wentBack(shop: Shop, ended: Ended, version: string): Promise<void> {
  const said = ended.stdout + ended.stderr;
  assert.equal(ended.code, 1, said);
  assert.match(said, /the whole release went back/, said);
  await assertAllOf(shop, version);
  const worker = await containersOf(shop.project.name, { service: 'worker' });
  assert.deepEqual(
    worker.map(({ running }) => running),
    [true],
  );
  const { stdout } = await shop.project.given({ SHOP_VERSION: version }).must('plan');
  assert.match(stdout, /no changes/i);
}

/** One instance of web has gone, and not all have. */
async function isHalfDone({ project }: Shop, before: readonly Container[], { child }: Running): Promise<void> {
  for (let left = before; left.length === before.length; await sleep(50)) {
    assert.equal(child.exitCode, null, 'it ended before it was half done');
    const now = await containersOf(project.name, { service: 'web' });
    left = before.filter(old => now.some(({ id }) => id === old.id));
  }
}

/** As a terminal does: the signal goes to every process of the group. */
const pressCtrlC = ({ child }: Running): boolean => process.kill(-(child.pid ?? 0), 'SIGINT');
