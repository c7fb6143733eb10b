/** Orders at the shop as a customer would, through its edge, and reads the order back until a worker has packed it. */
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

interface Order {
  readonly id: string;
  readonly product: string;
  readonly quantity: number;
  readonly customer: string;
  readonly state: 'new' | 'packed';
}

const { values: asked } = parseArgs({
  options: {
    shop: { type: 'string', default: 'http://shop.localhost:8080' },
    product: { type: 'string', default: 'tea' },
    quantity: { type: 'string', default: '2' },
    customer: { type: 'string', default: 'Ada' },
    patience: { type: 'string', default: '20' },
  },
});
const shop = new URL(asked.shop);

const placed = await send('POST', '/orders', {
  id: randomUUID(),
  product: asked.product,
  quantity: Number(asked.quantity),
  customer: asked.customer,
});
console.log(`order ${placed.id} placed at ${shop.host}: ${placed.quantity} × ${placed.product} for ${placed.customer}`);

const packed = await untilPacked(placed, Date.now() + Number(asked.patience) * 1_000);
console.log(`order ${packed.id} read back: ${packed.state}`);

async function untilPacked(order: Order, deadline: number): Promise<Order> {
  if (order.state === 'packed') return order;
  if (Date.now() > deadline)
    throw new Error(`order ${order.id} is not packed after ${asked.patience} s: is there a worker?`);
  await pause(250);
  return untilPacked(await send('GET', `/orders/${order.id}`), deadline);
}

/** Names under .localhost are this machine, as browsers have it; not every resolver knows. */
function reachedAt({ hostname }: URL): string {
  return hostname.endsWith('.localhost') ? '127.0.0.1' : hostname;
}

function send(method: string, path: string, body?: unknown): Promise<Order> {
  const options = { method, path, host: reachedAt(shop), port: shop.port, headers: { host: shop.host } };
  return new Promise((resolve, reject) => {
    const sent = request(options, async response => {
      const answer = Buffer.concat(await response.toArray()).toString();
      if ((response.statusCode ?? 500) < 300) resolve(JSON.parse(answer));
      else reject(new Error(`${method} ${path} was answered with ${response.statusCode}: ${answer}`));
    });
    sent.on('error', reject).end(body && JSON.stringify(body));
  });
}
