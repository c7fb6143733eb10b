import { request } from 'node:http';
import { z } from 'zod';
import { exitCode, Problem } from '../../kit/problem.ts';
import { edgeInside } from '../../model/edge-inside.ts';
import type { Instances } from '../../ports/instances.ts';
import type { Seen } from '../../ports/provider.ts';

/** Milliseconds; the answer is a few kilobytes from the same machine or site. */
const patience = 5_000;

/** The configuration that serves. Throws a Problem for an edge that doesn't tell. */
export async function currentConfig(instances: Instances, edge: Seen): Promise<unknown> {
  const answer = await told(instances, edge, '/current/config');
  if (answer.status !== 200) throw silent(edge, `its switch answered ${answer.status}`);
  return JSON.parse(answer.body);
}

const counts = z.array(z.object({ address: z.string(), num_requests: z.number() }));

/** How many requests to these upstreams are under way in one turn's switch; none in one that has gone. */
export async function underWay(
  instances: Instances,
  edge: Seen,
  turn: string,
  upstreams: ReadonlySet<string>,
): Promise<number> {
  const { status, body } = await told(instances, edge, `/${turn}/upstreams`);
  if (status !== 200) return 0;
  return counts
    .parse(JSON.parse(body))
    .filter(({ address }) => upstreams.has(address))
    .reduce((sum, { num_requests }) => sum + num_requests, 0);
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

async function told(instances: Instances, edge: Seen, path: string): Promise<Answer> {
  const at = await instances.reach(edge, edgeInside.statusPort);
  return get({ ...at, path }).catch(error => {
    throw silent(edge, error.message, error);
  });
}

function get(at: { host: string; port: number; path: string }): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const asked = request({ ...at, agent: false, signal: AbortSignal.timeout(patience) }, answer => {
    const chunks: Buffer[] = [];
    answer.on('data', chunk => chunks.push(chunk)).on('error', reject);
    answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
  });
  asked.on('error', reject).end();
  return promise;
}

const silent = (edge: Seen, why: string, cause?: unknown) =>
  new Problem({
    what: `edge ${edge.name} doesn't tell what it sends where`,
    why,
    fix: `look at what it says with \`docker logs ${edge.name}\`; \`docker restart ${edge.name}\` brings it back with its last table`,
    exit: exitCode.unreachable,
    retry: true,
    cause,
  });
