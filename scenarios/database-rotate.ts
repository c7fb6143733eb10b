/**
 * The password and every certificate of the shop's database are rotated while customers order, with a database that
 * fails over: no request fails, and no order is missing. @long
 */
import assert from 'node:assert/strict';
import { story, type Telling, tellAll } from './harness.ts';
import { containersOf, runInContainer } from './support/containers.ts';
import { inWords, startLoad } from './support/load.ts';
import type { CommandLine } from './support/project.ts';
import { copyOfShop, readOrder, type Shop } from './support/shop.ts';

/** A second: what the shop, its database and a customer can do together on two processors. */
const rate = 20;

interface Rotated {
  readonly shop: Shop;
  /** As of somebody who has asked for standbys. */
  readonly hand: CommandLine;
}

/** What web has, by which it reaches the database. */
async function filesOf({ project }: Shop): Promise<readonly string[]> {
  const [web] = (await containersOf(project.name, { service: 'web' })).filter(one => one.running);
  const files = ['/run/secrets/database-password', '/etc/shop/database-authority.pem'];
  return Promise.all(files.map(file => runInContainer(web?.id ?? '', 'cat', file)));
}

/** Under customers from before the first change until after the last. */
async function underCustomers(telling: Telling, { shop }: Rotated, work: () => Promise<void>): Promise<void> {
  const load = startLoad(shop, { rate });
  telling.after(() => load.stop());
  await work();
  const tally = await load.stop();
  telling.say(inWords(tally));
  assert.equal(tally.failed, 0);
  assert.ok(tally.orders.length > 0, 'customers have ordered');
  for (const order of tally.orders.filter((_, nth) => nth % 10 === 0))
    assert.equal((await readOrder(shop, order)).id, order);
}

async function release(telling: Telling, { hand }: Rotated, said: RegExp): Promise<void> {
  assert.match((await hand.must('plan')).stdout, said);
  const { seconds } = await hand.must('up', '--yes');
  telling.say(`up took ${seconds.toFixed(1)} s`);
}

story('password, certificates and authority of a database with two standbys, under customers', async telling => {
  const shop = await copyOfShop(telling);
  const rotated = { shop, hand: shop.project.given({ SHOP_STANDBYS: '2' }) };
  const { seconds } = await rotated.hand.must('up', '--yes');
  telling.say(`the shop is up after ${seconds.toFixed(1)} s`);
  const [password, authority] = await filesOf(shop);

  await underCustomers(telling, rotated, async () => {
    await rotated.hand.must('secret', 'rotate', 'db-password');
    await release(telling, rotated, /db-password/);
  });
  assert.notEqual((await filesOf(shop))[0], password, 'web has another password');

  await underCustomers(telling, rotated, async () => {
    await rotated.hand.must('secret', 'rotate', 'db-certificate', 'db-etcd-certificate');
    await release(telling, rotated, /db-certificate[\s\S]*db-etcd-certificate/);
  });

  await underCustomers(telling, rotated, async () => {
    await rotated.hand.must('secret', 'rotate', 'db-authority');
    await release(telling, rotated, /another one: its authority is another one/);
    await release(telling, rotated, /the same without what was trusted before/);
  });
  const [, trusted = ''] = await filesOf(shop);
  assert.notEqual(trusted, authority, 'web trusts another authority');
  assert.equal(trusted.match(/BEGIN CERTIFICATE/g)?.length, 1, 'and that one alone');
  assert.match((await rotated.hand.must('plan')).stdout, /no changes/i);
});

await tellAll();
