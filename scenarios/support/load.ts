import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** A shop behind an edge of this machine. */
export interface LoadTarget {
  readonly port: number;
  /** What requests name as their `Host`. */
  readonly host: string;
}

export interface LoadShape {
  /** Requests a second, sent whether or not those before were answered. Default 200. */
  readonly rate?: number;
  /** A few connections that are kept, a new one for each request, or half of each. Default both. */
  readonly connections?: 'kept' | 'new' | 'both';
  /** Of a site that takes no orders: this path alone is read. */
  readonly only?: string;
}

/** What became of all requests. Nothing was sent twice. Times in milliseconds, from when a request was due. */
export interface Tally {
  readonly sent: number;
  /** As it was held, over all. */
  readonly perSecond: number;
  readonly failed: number;
  /** How often, by reason. */
  readonly failures: Readonly<Record<string, number>>;
  /** Ids of the orders that the shop said it has taken. */
  readonly orders: readonly string[];
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
}

export interface Load {
  /** Sends no more, waits for what is under way, and tells. Told again when asked again. */
  stop(): Promise<Tally>;
}

const patience = 10_000;
const keptConnections = 16;
/** One in so many requests is an order. */
const orderEvery = 4;
const order = JSON.stringify({ product: 'tea', quantity: 1, customer: 'Load' });

/** Shops steadily: GET / and POST /orders mixed, in an open loop. */
export function startLoad(target: LoadTarget, { rate = 200, ...shape }: LoadShape = {}): Load {
  const stopped = new AbortController();
  const customers = new Customers(target, shape);
  const all = sendAtRate(rate, stopped.signal, (nth, due) => customers.send(nth, due));
  const told = all.then(() => customers.tally());
  return {
    stop() {
      stopped.abort();
      return told;
    },
  };
}

async function sendAtRate(
  rate: number,
  stop: AbortSignal,
  send: (nth: number, due: number) => Promise<void>,
): Promise<void> {
  const start = performance.now();
  const underWay = new Set<Promise<void>>();
  const dueOf = (nth: number): number => start + (nth * 1_000) / rate;
  for (let nth = 0; !stop.aborted; await sleep(2)) {
    for (; dueOf(nth) <= performance.now(); nth += 1) {
      const sent: Promise<void> = send(nth, dueOf(nth)).finally(() => underWay.delete(sent));
      underWay.add(sent);
    }
  }
  await Promise.all(underWay);
}

class Customers {
  readonly #target: LoadTarget;
  readonly #connections: NonNullable<LoadShape['connections']>;
  readonly #only: string | undefined;
  readonly #kept = new Agent({ keepAlive: true, maxSockets: keptConnections });
  readonly #times: number[] = [];
  readonly #failures: Record<string, number> = {};
  readonly #orders: string[] = [];
  readonly #since = performance.now();
  #until = 0;

  constructor(target: LoadTarget, { connections = 'both', only }: LoadShape) {
    this.#target = target;
    this.#connections = connections;
    this.#only = only;
  }

  async send(nth: number, due: number): Promise<void> {
    this.#until = performance.now();
    const keeps = this.#connections === 'kept' || (this.#connections === 'both' && nth % 2 === 0);
    const agent = keeps ? this.#kept : false;
    const orders = this.#only === undefined && Math.floor(nth / 2) % orderEvery === 0;
    try {
      if (orders) this.#orders.push(JSON.parse(await ask(this.#target, 'POST', '/orders', { agent, body: order })).id);
      else await ask(this.#target, 'GET', this.#only ?? '/', { agent });
    } catch (error) {
      const reason = `${keeps ? 'kept' : 'new'} connection, ${error instanceof Error ? error.message : error}`;
      this.#failures[reason] = (this.#failures[reason] ?? 0) + 1;
    }
    this.#times.push(performance.now() - due);
  }

  tally(): Tally {
    this.#kept.destroy();
    const sorted = this.#times.toSorted((a, b) => a - b);
    const at = (share: number): number => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
    return {
      sent: sorted.length,
      perSecond: Math.round((sorted.length * 1_000) / (this.#until - this.#since)),
      failed: Object.values(this.#failures).reduce((sum, count) => sum + count, 0),
      failures: this.#failures,
      orders: this.#orders,
      p50: at(0.5),
      p99: at(0.99),
      slowest: at(1),
    };
  }
}

/** One request, once; its body. Rejects for anything but a 2xx, and after ten seconds. */
export function ask(
  { port, host }: LoadTarget,
  method: string,
  path: string,
  { agent = false, body }: { agent?: Agent | false; body?: string } = {},
): Promise<string> {
  const asked = `${method} ${path.replace(/[0-9a-f-]{36}/, 'ID')}`;
  return new Promise((resolve, reject) => {
    const headers = { host, ...(body && { 'content-type': 'application/json' }) };
    const signal = AbortSignal.timeout(patience);
    const sent = request({ host: '127.0.0.1', port, method, path, agent, headers, signal }, answer =>
      read(answer).then(text => {
        const status = answer.statusCode ?? 0;
        if (status >= 200 && status < 300) resolve(text);
        else reject(new Error(`${asked} → ${status} ${text.slice(0, 80).trim()}`));
      }, reject),
    );
    sent.on('error', (error: NodeJS.ErrnoException) => reject(new Error(`${asked} → ${error.code ?? error.message}`)));
    sent.end(body);
  });
}

const read = async (answer: IncomingMessage): Promise<string> => Buffer.concat(await answer.toArray()).toString();

/** As in: 6,012 requests at 200/s, 0 failed; p50 4 ms, p99 31 ms, slowest 88 ms. */
export function inWords({ sent, perSecond, failed, failures, p50, p99, slowest }: Tally): string {
  const reasons = Object.entries(failures).map(([reason, count]) => `\n      ${count} × ${reason}`);
  const figures = `${sent.toLocaleString('en')} requests at ${perSecond}/s, ${failed} failed; p50 ${p50} ms, p99 ${p99} ms, slowest ${slowest} ms`;
  return figures + reasons.join('');
}
