import { randomUUID } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase, whyUnreachable } from './database.ts';
import { migrate } from './migrations.ts';
import { findOrder, listProducts, packOrders, placeOrder } from './orders.ts';
import { type Postgres, startPostgres } from './testing/postgres.ts';

let postgres: Postgres;
let database: Database;

/** Another one each time. */
const order = () => ({ id: randomUUID(), product: 'tea', quantity: 2, customer: "Ada'); drop table orders; --" });

beforeAll(async () => {
  postgres = await startPostgres();
  database = openDatabase(postgres.settings);
});

afterAll(async () => {
  await database?.end();
  await postgres?.[Symbol.asyncDispose]();
});

test('of several that migrate an empty database at once, one does and the others find it done', async () => {
  const ran = await Promise.all([1, 2, 3].map(() => migrate(database)));
  expect(ran.flat()).toEqual(['001-products-and-orders.sql']);
  expect(await migrate(database)).toEqual([]);
});

test('an order is read back as it was placed', async () => {
  const one = order();
  const placed = await placeOrder(database, one);
  expect(placed).toMatchObject({ ...one, state: 'new', packedAt: null });
  expect(await findOrder(database, one.id)).toEqual(placed);
});

test('an order that is sent twice is placed once, as it was first', async () => {
  const one = order();
  const placed = await placeOrder(database, one);
  expect(await placeOrder(database, { ...one, quantity: 9 })).toEqual(placed);
});

test('orders that are placed while the database crashes are placed, each of them once', async () => {
  const all = Array.from({ length: 20 }, order);
  const placing = all.map(one => placeOrder(database, one));
  await postgres.crash();
  const later = Array.from({ length: 20 }, order);
  const placed = await Promise.all([...placing, ...later.map(one => placeOrder(database, one))]);
  expect(placed.map(one => one?.id)).toEqual([...all, ...later].map(({ id }) => id));
});

test('what is not sold cannot be ordered', async () => {
  expect(await placeOrder(database, { ...order(), product: 'coffee' })).toBeUndefined();
});

test('four products are sold, the dearest first', async () => {
  expect((await listProducts(database)).map(({ id }) => id)).toEqual(['kettle', 'teapot', 'cup', 'tea']);
});

test('of several workers at once, none packs what another one packs, and none waits for another', async () => {
  await packEverything();
  const placed = await Promise.all(Array.from({ length: 25 }, () => placeOrder(database, order())));
  const packed = (await Promise.all([1, 2, 3, 4].map(packEverything))).flat();
  expect(packed.toSorted()).toEqual(placed.map(one => one?.id).toSorted());
  expect(await findOrder(database, packed[0] ?? '')).toMatchObject({ state: 'packed', packedAt: expect.any(Date) });
});

test('a wrong password is refused, and the reason is told', async () => {
  const stranger = openDatabase({ ...postgres.settings, password: 'guessed' });
  expect(await whyUnreachable(stranger)).toContain('password authentication failed');
  await stranger.end();
});

test('a server that another authority signed for is refused', async () => {
  const stranger = openDatabase({ ...postgres.settings, authority: rootCertificates[0] ?? '' });
  expect(await whyUnreachable(stranger)).toContain('self-signed certificate');
  await stranger.end();
});

async function packEverything(): Promise<string[]> {
  const packed = await packOrders(database);
  return packed.length === 0 ? [] : [...packed, ...(await packEverything())];
}
