import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { urlsFor } from '../../../packages/holdfast/src/providers/debian/mirrors/mirrors.ts';
import type { Telling } from '../../harness.ts';

/** A mirror on this machine that hands on what this machine's own mirror says, except where it misbehaves. */
export interface Mirror {
  readonly url: string;
  /** What it was asked for. */
  readonly asked: string[];
  /** Whatever path matches is answered so; as often as it is asked, or so often. */
  misbehave(path: RegExp, how: Misbehaviour, times?: number): void;
  behave(): void;
}

/** Does something with the true answer. */
export type Misbehaviour = (answer: ServerResponse, truth: () => Promise<Buffer>) => Promise<void> | void;

export async function mirror({ after }: Pick<Telling, 'after'>): Promise<Mirror> {
  const asked: string[] = [];
  const known = new Map<string, Promise<Buffer>>();
  let bad: { path: RegExp; how: Misbehaviour; left: number }[] = [];
  const truthOf = (path: string) => {
    const truth = known.get(path) ?? fetched(path);
    known.set(path, truth);
    return truth;
  };
  const listen: RequestListener = async (request, answer) => {
    const path = (request.url ?? '').replace(/\?.*/, '');
    asked.push(path);
    const how = bad.find(one => one.path.test(request.url ?? '') && one.left > 0);
    if (how) how.left -= 1;
    try {
      await (how?.how ?? plainly)(answer, () => truthOf(path));
    } catch {
      answer.writeHead(404).end();
    }
  };
  const server = createServer(listen);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/debian`,
    asked,
    misbehave: (path, how, times = Number.POSITIVE_INFINITY) => void bad.push({ path, how, left: times }),
    behave: () => {
      bad = [];
    },
  };
}

const plainly: Misbehaviour = async (answer, truth) => void answer.end(await truth());

async function fetched(path: string): Promise<Buffer> {
  const [, archive = '', rest = ''] = /^\/(debian|debian-security)\/(.*)$/.exec(path) ?? [];
  const suite = archive === 'debian' ? (/^dists\/([^/]+)/.exec(rest)?.[1] ?? 'bookworm') : 'bookworm-security';
  const env = { ...process.env, HOLDFAST_DEBIAN_MIRROR: undefined };
  for (const url of await urlsFor(suite, rest, { env })) {
    const answer = await fetch(url);
    if (answer.ok) return Buffer.from(await answer.arrayBuffer());
  }
  throw new Error(`${path} is nowhere`);
}
