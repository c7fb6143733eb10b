import type { Database } from './database.ts';
import { persistently } from './persistence.ts';

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly cents: number;
}

export interface NewOrder {
  /** Chosen by who orders: what is sent twice under one id is ordered once. */
  readonly id: string;
  readonly product: string;
  readonly quantity: number;
  readonly customer: string;
}

export interface Order extends NewOrder {
  readonly state: 'new' | 'packed';
  readonly placedAt: Date;
  readonly packedAt: Date | null;
}

const columns = 'id, product, quantity, customer, state, placed_at as "placedAt", packed_at as "packedAt"';

export async function listProducts(database: Database): Promise<readonly Product[]> {
  const sql = 'select id, name, description, cents from products order by cents desc';
  const { rows } = await persistently(() => database.query<Product>(sql));
  return rows;
}

/** The order of that id, which may have been placed before; undefined where there is no such product. */
export async function placeOrder(
  database: Database,
  { id, product, quantity, customer }: NewOrder,
): Promise<Order | undefined> {
  const sql = `insert into orders (id, product, quantity, customer)
     select $1, id, $3, $4 from products where id = $2 on conflict (id) do nothing`;
  await persistently(() => database.query(sql, [id, product, quantity, customer]));
  return findOrder(database, id);
}

export async function findOrder(database: Database, id: string): Promise<Order | undefined> {
  const sql = `select ${columns} from orders where id = $1`;
  const { rows } = await persistently(() => database.query<Order>(sql, [id]));
  return rows[0];
}

/**
 * Packs up to ten of the oldest orders. Several workers share the work: a row that one holds, the others skip. What was
 * packed when the connection was lost is packed, and no longer told.
 */
export async function packOrders(database: Database): Promise<readonly string[]> {
  const { rows } = await database.query<{ id: string }>(
    `update orders set state = 'packed', packed_at = now() where id in (
       select id from orders where state = 'new' order by placed_at limit 10 for update skip locked
     ) returning id`,
  );
  return rows.map(row => row.id);
}
