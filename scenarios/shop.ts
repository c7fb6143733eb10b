/** The example shop from nothing: up, an order through the edge and back from the database, status, down. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { labelled, story, tellAll } from './harness.ts';
import { ask } from './support/load.ts';
import { type Order, openShop, placeOrder, readOrder, type Shop } from './support/shop.ts';

story('a customer orders at a shop that was not there a minute ago', async telling => {
  const shop = await openShop(telling);
  assert.match(await ask(shop, 'GET', '/'), /The Tea Shop/);
  const order = await placeOrder(shop, 'Ada');
  const packed = await untilPacked(shop, order);
  assert.equal(packed.customer, 'Ada');

  const { stdout } = await shop.project.must('status');
  for (const service of ['db', 'web', 'worker', 'door']) assert.match(stdout, new RegExp(`\\b${service}\\b`));
  const { stdout: json } = await shop.project.must('status', '--json');
  assert.equal(JSON.parse(json).well, true);

  await shop.project.must('down', '--yes');
  const left = await labelled(shop.project.name);
  assert.deepEqual(left.containers, []);
  assert.deepEqual(left.networks, []);
  assert.deepEqual(left.images, []);
  assert.equal(left.volumes.length, 1, 'the data stays');

  await shop.project.must('up', '--yes');
  assert.equal((await readOrder(shop, order.id)).state, 'packed', 'the order outlives the shop');

  await shop.project.must('down', '--data', '--yes');
  assert.deepEqual((await labelled(shop.project.name)).volumes, []);
});

async function untilPacked(shop: Shop, { id }: Order): Promise<Order> {
  for (let tries = 0; tries < 40; tries += 1) {
    const order = await readOrder(shop, id);
    if (order.state === 'packed') return order;
    await sleep(250);
  }
  throw new Error(`order ${id} is not packed after 10 s`);
}

await tellAll();
