/**
 * The example shop from nothing: up, an order through the edge and back from the database, status, a release that goes back
 * under 200 requests a second, down. @quiet
 */
import assert from 'node:assert/strict';
import type { ReportOutput } from '../packages/holdfast/src/verify/report/json-format.ts';
import { labelled, story, tellAll } from './harness.ts';
import { ask } from './support/load.ts';
import { secondServiceFails, theShop } from './support/rollouts.ts';
import { start } from './support/run.ts';
import { readOrder, type Shop } from './support/shop.ts';

let order: string;

story('a customer orders at a shop that was not there a minute ago', async () => {
  const shop = await theShop();
  assert.match(await ask(shop, 'GET', '/'), /The Tea Shop/);
  order = await customerOrders(shop);
  const { stdout } = await shop.project.must('status');
  for (const service of ['db', 'web', 'worker', 'door']) assert.match(stdout, new RegExp(`\\b${service}\\b`));
  const { stdout: json } = await shop.project.must('status', '--json');
  assert.equal(JSON.parse(json).well, true);
});

story('all that is said of it holds, declared or not', async telling => {
  const { project } = await theShop();
  const { stdout } = await project.holdfast('check', '--json');
  const { targets }: ReportOutput = JSON.parse(stdout);
  const results = targets.flatMap(({ checks }) => checks).flatMap(({ results }) => results);
  const others = results.filter(({ status, sentence }) => status !== 'passed' && !isOfSpeed(sentence));
  for (const { sentence, status, why } of others) {
    assert.equal(status, 'skipped', sentence);
    assert.match(why ?? '', /asked when the image is sealed/, sentence);
  }
  assert.ok(results.length - others.length > 100, `${results.length} sentences`);
  telling.say(`${results.length - others.length} sentences hold`);
});

/** How soon the shop answers is a matter of what else the machine does. */
const isOfSpeed = (sentence: string): boolean => sentence.startsWith('the latency of');

story('when the second service fails, the whole release goes back and not half of it', telling =>
  secondServiceFails(telling, '1'),
);

story('down keeps the data, the next up finds it, and only its name takes it away', async () => {
  const shop = await theShop();
  await shop.project.must('down', '--yes');
  const left = await labelled(shop.project.name);
  assert.deepEqual(left.containers, []);
  assert.deepEqual(left.networks, []);
  assert.deepEqual(left.images, []);
  assert.deepEqual(left.ofFiles, []);
  assert.equal(left.volumes.length, 3, 'the data, its backups, and what the agent still has to tell stay');

  await shop.project.must('up', '--yes');
  assert.equal((await readOrder(shop, order)).state, 'packed', 'the order outlives the shop');

  assert.equal((await shop.project.holdfast('down', '--data', '--yes')).code, 2, 'its name must be said');
  assert.equal((await labelled(shop.project.name)).volumes.length, 3);
  await shop.project.must('down', '--data', '--confirm', 'local', '--yes');
  assert.deepEqual((await labelled(shop.project.name)).volumes, []);
});

/** As a reader of the example does it, with its own script. */
async function customerOrders({ project, host }: Shop): Promise<string> {
  const { code, stdout, stderr } = await start([process.execPath, 'order.ts', '--shop', `http://${host}`], {
    cwd: project.folder,
  }).ended;
  assert.equal(code, 0, stderr);
  const [, id = ''] = /order (\S+) read back: packed/.exec(stdout) ?? [];
  assert.match(id, /^[0-9a-f-]{36}$/, stdout);
  return id;
}

await tellAll();
