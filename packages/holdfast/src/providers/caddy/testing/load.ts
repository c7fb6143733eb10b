import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface LoadTarget {
  readonly host: string;
  readonly port: number;
  /** The `Host` that requests ask for. */
  readonly name: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface LoadShape {
  /** Requests per second over all connections. */
  readonly rate: number;
  /** Clients, each with one kept-alive connection. */
  readonly connections: number;
  /** By turns; GET and POST when left out. */
  readonly methods?: readonly Method[];
}

type Method = 'GET' | 'POST';

/** What a load was answered with. Nothing was sent twice. */
export interface LoadReport {
  readonly sent: number;
  readonly answers: Readonly<Record<string, number>>;
  /** In words, each with how often. */
  readonly failures: Readonly<Record<string, number>>;
  readonly failed: number;
  /** Milliseconds. */
  readonly slowest: number;
}

const body = 'x'.repeat(256);

/** Sends one request and gives its body; throws for anything but a 200. */
export function ask(target: LoadTarget, method: Method, agent?: Agent): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const options = { host: target.host, port: target.port, path: target.path ?? '/', method, agent: agent ?? false };
  const sent = request({ ...options, headers: { ...target.headers, host: target.name } }, answer => {
    let text = '';
    answer.setEncoding('utf8').on('data', chunk => {
      text += chunk;
    });
    answer.on('error', reject);
    answer.on('end', () =>
      answer.statusCode === 200 ? resolve(text) : reject(new Error(`HTTP ${answer.statusCode}`)),
    );
  });
  sent.on('error', reject).end(method === 'POST' ? body : undefined);
  return promise;
}

/** Keeps a steady load on the target until told to stop, and counts every failure. */
export async function load(target: LoadTarget, shape: LoadShape, stop: AbortSignal): Promise<LoadReport> {
  const answers: Record<string, number> = {};
  const failures: Record<string, number> = {};
  let [sent, slowest] = [0, 0];

  const { methods = ['GET', 'POST'] } = shape;

  const once = async (agent: Agent) => {
    const [from, method] = [performance.now(), methods[sent++ % methods.length] ?? 'GET'];
    const count = (where: Record<string, number>, key: string) => {
      where[key] = (where[key] ?? 0) + 1;
    };
    await ask(target, method, agent).then(
      text => count(answers, text),
      (error: NodeJS.ErrnoException) => count(failures, `${method} ${error.code ?? error.message}`),
    );
    slowest = Math.max(slowest, performance.now() - from);
  };

  /** Open loop: a slow answer does not hold back the next request. */
  const client = async (nth: number) => {
    using agent = disposable(new Agent({ keepAlive: true, maxSockets: 1 }));
    const [gap, under] = [(1000 * shape.connections) / shape.rate, new Set<Promise<void>>()];
    let next = performance.now() + (gap * nth) / shape.connections;
    while (!stop.aborted) {
      await sleep(Math.max(0, next - performance.now()));
      const one = once(agent).finally(() => under.delete(one));
      under.add(one);
      next += gap;
    }
    await Promise.all(under);
  };

  await Promise.all(Array.from({ length: shape.connections }, (_, nth) => client(nth)));
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
  return { sent, answers, failures, failed, slowest: Math.round(slowest) };
}

const disposable = (agent: Agent): Agent & Disposable =>
  Object.assign(agent, { [Symbol.dispose]: () => agent.destroy() });
