import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { type Answer, json, notFound, text } from './answers.ts';
import { readJson } from './body.ts';
import { type Database, whyUnreachable } from './database.ts';
import type { Handler } from './listen.ts';
import { isUuid, readNewOrder } from './new-order.ts';
import { findOrder, listProducts, type NewOrder, type Order, placeOrder } from './orders.ts';
import { page } from './page.ts';
import type { Settings } from './settings.ts';

const asset = (name: string): string => readFileSync(new URL(`public/${name}`, import.meta.url), 'utf8');

/** Every route of the shop. */
export function shop(settings: Settings, database: Database): Handler {
  const style = text('text/css', asset('style.css'));
  const script = text('text/javascript', asset('order.js'));

  return async request => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop');
    switch (`${request.method === 'HEAD' ? 'GET' : request.method} ${pathname}`) {
      case 'GET /':
        return text('text/html', page(await listProducts(database), settings.version));
      case 'GET /style.css':
        return style;
      case 'GET /order.js':
        return script;
      case 'GET /products':
        return json(200, await listProducts(database));
      case 'POST /orders':
        return takeOrder(database, request);
      case 'GET /healthz':
        return health(settings, database);
      case 'GET /version':
        return json(200, { version: settings.version });
      default:
        return showOrder(database, request.method ?? '', pathname);
    }
  };
}

async function takeOrder(database: Database, request: IncomingMessage): Promise<Answer> {
  const reading = readNewOrder(await readJson(request));
  if ('wrong' in reading) return json(400, { error: 'this is no order', wrong: reading.wrong });
  const order = await placeOrder(database, reading.order);
  if (!order) return json(400, { error: 'this is no order', wrong: [`there is no product ${reading.order.product}`] });
  if (!isSame(order, reading.order)) return json(409, { error: `there is another order ${order.id}` });
  return json(201, order, { location: `/orders/${order.id}` });
}

const isSame = (placed: Order, asked: NewOrder): boolean =>
  placed.product === asked.product && placed.quantity === asked.quantity && placed.customer === asked.customer;

async function showOrder(database: Database, method: string, path: string): Promise<Answer> {
  const [, id = ''] = /^\/orders\/([^/]+)$/.exec(path) ?? [];
  if (method !== 'GET' || !id) return notFound(`${method} ${path}`);
  const order = isUuid(id) ? await findOrder(database, id) : undefined;
  return order ? json(200, order) : notFound(`order ${id}`);
}

async function health({ fault, version }: Settings, database: Database): Promise<Answer> {
  const reason = fault === 'never-healthy' ? 'SHOP_FAULT asks for it' : await whyUnreachable(database);
  return reason ? json(503, { healthy: false, reason, version }) : json(200, { healthy: true, version });
}
