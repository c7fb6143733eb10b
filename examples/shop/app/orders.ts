import type { Database } from './database.ts';

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly cents: number;
}

export interface NewOrder {
  readonly product: string;
  readonly quantity: number;
  readonly customer: string;
}

export interface Order extends NewOrder {
  readonly id: string;
  readonly state: 'new' | 'packed';
  readonly placedAt: Date;
  readonly packedAt: Date | null;
}

const columns = 'id, product, quantity, customer, state, placed_at as "placedAt", packed_at as "packedAt"';

export async function listProducts(database: Database): Promise<readonly Product[]> {
  const { rows } = await database.query<Product>(
    'select id, name, description, cents from products order by cents desc',
  );
  return rows;
}

export async function placeOrder(database: Database, order: NewOrder): Promise<Order | undefined> {
  const { rows } = await database.query<Order>(
    `insert into orders (product, quantity, customer)
     select id, $2, $3 from products where id = $1 returning ${columns}`,
    [order.product, order.quantity, order.customer],
  );
  return rows[0];
}

export async function findOrder(database: Database, id: string): Promise<Order | undefined> {
  const { rows } = await database.query<Order>(`select ${columns} from orders where id = $1`, [id]);
  return rows[0];
}

/** Packs up to ten of the oldest orders. Several workers share the work: a row that one holds, the others skip. */
export async function packOrders(database: Database): Promise<readonly string[]> {
  const { rows } = await database.query<{ id: string }>(
    `update orders set state = 'packed', packed_at = now() where id in (
       select id from orders where state = 'new' order by placed_at limit 10 for update skip locked
     ) returning id`,
  );
  return rows.map(row => row.id);
}
