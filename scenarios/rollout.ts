/**
 * The shop under 200 requests a second, while it is changed: new versions, bad ones, an interruption, more and fewer
 * instances. No request may fail, whatever becomes of the release.
 */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Ended, shared, story, type Telling, tellAll } from './harness.ts';
import { containersOf } from './support/containers.ts';
import { inWords, type LoadShape, startLoad } from './support/load.ts';
import type { Running } from './support/run.ts';
import { assertAllOf, openShop, readOrder, type Shop } from './support/shop.ts';

const theShop = shared(openShop);

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

for (const connections of ['kept', 'new'] as const)
  story(`a new version rolls out: ${connections} connections`, async telling => {
    const shop = await isAt('1');
    const up = () => shop.project.given({ SHOP_VERSION: '2' }).must('up', '--yes');
    const { seconds } = await underLoad(shop, telling, { connections }, up);
    telling.say(`the new version was out after ${seconds.toFixed(1)} s`);
    await assertAllOf(shop, '2');
  });

story('a change of nothing but an environment variable rolls out', async telling => {
  const shop = await isAt('2');
  await shop.project.write('system.ts', shop.system.replace('SHOP_FAULT },', "SHOP_FAULT, GREETING: 'hello' },"));
  await underLoad(shop, telling, {}, () => shop.project.given({ SHOP_VERSION: '2' }).must('up', '--yes'));
  await assertAllOf(shop, '2');
});

story('a version that never gets healthy goes back by itself, and says why', async telling => {
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
});

story('when the second service fails, the whole release goes back and not half of it', async telling => {
  const shop = await isAt('2');
  const before = await containersOf(shop.project.name, { service: 'web' });
  const ended = await underLoad(shop, telling, {}, () =>
    shop.project.given({ SHOP_VERSION: '3', SHOP_FAULT: 'crash-worker' }).holdfast('up', '--yes'),
  );
  await wentBack(shop, ended, '2');
  assert.match(ended.stdout + ended.stderr, /SHOP_FAULT asks for it: crash-worker/, "the worker's own log lines");
  const after = await containersOf(shop.project.name, { service: 'web' });
  assert.ok(
    after.every(({ id }) => before.every(old => old.id !== id)),
    'web had been replaced before the worker failed',
  );
});

story('Ctrl-C in the middle of a rollout takes all of it back', async telling => {
  const shop = await isAt('2');
  const ended = await underLoad(shop, telling, {}, async () => {
    const running = shop.project.given({ SHOP_VERSION: '3' }).begin('up', '--yes');
    await isHalfDone(shop, running);
    pressCtrlC(running);
    return running.ended;
  });
  await wentBack(shop, ended, '2');
});

story('from three instances to five, and to two', async telling => {
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
});

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

/** One instance of web is new, and not all are. */
async function isHalfDone({ project }: Shop, { child }: Running): Promise<void> {
  const webs = () => containersOf(project.name, { service: 'web' });
  const before = (await webs()).map(({ id }) => id);
  for (;;) {
    assert.equal(child.exitCode, null, 'it ended before it was half done');
    const left = (await webs()).filter(({ id }) => before.includes(id));
    if (left.length < before.length) return;
    await sleep(50);
  }
}

/** As a terminal does: the signal goes to every process of the group. */
const pressCtrlC = ({ child }: Running): boolean => process.kill(-(child.pid ?? 0), 'SIGINT');

await tellAll();
