import { boundOf } from '../packages/holdfast/src/insight/bounds/bound.ts';
import { availabilityOf } from '../packages/holdfast/src/insight/bounds/evaluate.ts';
import type { Graph } from '../packages/holdfast/src/insight/bounds/graph.ts';
import {
  all,
  any,
  atLeast,
  type Element,
  element,
  type Structure,
} from '../packages/holdfast/src/insight/bounds/structure.ts';
import { bruteForce } from '../packages/holdfast/src/insight/bounds/testing/brute-force.ts';
import { compareShares, parsePercentage } from '../packages/holdfast/src/kit/percentage.ts';
import { Problem } from '../packages/holdfast/src/kit/problem.ts';
import { type Measured, median, report } from './support/measure.ts';

/**
 * The bound against going through every state: with 16 elements both are measured, and must be equal to the last digit.
 * With 40 the peer is reckoned, since it takes twice as long with each element: about 2^24 times as long as with 16.
 * Ours is the whole answer: with and without common causes, single points, and what each element would lift.
 */
const runs = Number(process.env.BENCH_RUNS ?? 3);
const few = 16;

const part = (kind: string, index: number | string): Element =>
  element(`${kind}/${index}`, parsePercentage(`99.${900 + ((String(index).length * 7 + Number(index) * 13) % 99)}%`));

const several = (kind: string, count: number, from = 0): readonly Element[] =>
  Array.from({ length: count }, (_, index) => part(kind, from + index));

/** Services of three instances each on shared hosts. */
function spread(services: number, hostCount: number): Graph {
  const hosts = several('host', hostCount);
  const members = (service: number): readonly Element[] => several('instance', 3, service * 3);
  const running = (service: number): Structure =>
    any(members(service).map((one, replica) => all([one, hosts[(service + replica) % hostCount] as Element])));
  return {
    structure: all(Array.from({ length: services }, (_, service) => running(service))),
    commonCauses: [],
  };
}

/** The same with what the replicas of each service have in common: an element more each. */
const related = (services: number, hostCount: number): Graph => ({
  ...spread(services, hostCount),
  commonCauses: Array.from({ length: services }, (_, service) => ({
    id: `common-cause/${service}`,
    beta: parsePercentage('10%'),
    members: several('instance', 3, service * 3).map(({ id }) => id),
  })),
});

const alone = (structure: Structure): Graph => ({ structure, commonCauses: [] });

/** Of each two that stand near each other in a ring, one must be there. */
const ring = (count: number): Graph => {
  const parts = several('part', count);
  const pair = (index: number, step: number) =>
    any([parts[index] as Element, parts[(index + step) % count] as Element]);
  return alone(all([1, 2, 5].flatMap(step => parts.map((_, index) => pair(index, step)))));
};

const shapes: Readonly<Record<string, Graph>> = {
  'series-40': alone(all(several('part', 40))),
  'quorum-20-of-40': alone(atLeast(20, several('part', 40))),
  'spread-12-services-4-hosts': spread(12, 4),
  'spread-8-services-8-hosts-causes': related(8, 8),
  'ring-40': ring(40),
};

async function timed(work: () => unknown): Promise<Measured> {
  const since = performance.now();
  work();
  return { seconds: (performance.now() - since) / 1000, megabytes: process.memoryUsage.rss() / 1e6 };
}

const ours = (graph: Graph): Promise<Measured> => median(runs, () => timed(() => boundOf(graph)));

async function both(): Promise<number> {
  const graph = spread(4, few - 12);
  if (compareShares(availabilityOf(graph.structure), bruteForce(graph.structure)) !== 0) throw new Error('they differ');
  const peer = await median(runs, () => timed(() => bruteForce(graph.structure)));
  report('bounds', {
    case: `spread-${few}`,
    ours: (await ours(graph)).seconds,
    peer: peer.seconds,
    peerName: 'every state',
    unit: 's',
  });
  return peer.seconds;
}

async function refusal(peer: number): Promise<void> {
  const parts = several('part', 40);
  const triples = Array.from({ length: 400 }, (_, n) =>
    any([7, 11, 13].map((step, index) => parts[(n * step + index * (n % 17)) % 40] as Element)),
  );
  const refused = (): void => {
    try {
      boundOf(alone(all(triples)));
    } catch (error) {
      if (error instanceof Problem) return;
      throw error;
    }
    throw new Error('what should have been too wild was computed');
  };
  const { seconds } = await median(runs, () => timed(refused));
  report('bounds', { case: 'too-wild-40-refused', ours: seconds, peer: peer * 2 ** 24, peerName: reckoned, unit: 's' });
}

const reckoned = `every state, reckoned from ${few} elements`;
const peer = await both();
for (const [name, graph] of Object.entries(shapes))
  report('bounds', {
    case: name,
    ours: (await ours(graph)).seconds,
    peer: peer * 2 ** 24,
    peerName: reckoned,
    unit: 's',
  });
await refusal(peer);
