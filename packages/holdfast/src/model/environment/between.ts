import { overlap, parseCidr } from '../../kit/cidr.ts';
import { nearest } from '../../kit/nearest.ts';
import type { ProblemParts } from '../../kit/problem.ts';
import type { Named } from './config.ts';
import { isRemote, keyOf } from './engine-place.ts';
import { enginesOf } from './resolve.ts';

/** What is wrong between environments that are each right. */
export const problemsBetween = (all: readonly Named[]): readonly ProblemParts[] => [
  ...all.flatMap(one => unknownPredecessor(one, all)),
  ...circle(all),
  ...all.flatMap(journalMissing),
  ...pairs(all).flatMap(([one, other]) => [...samePool(one, other), ...samePorts(one, other)]),
];

const about = ({ name }: Named): string => `environment "${name}"`;

function unknownPredecessor({ name, options: { after }, at }: Named, all: readonly Named[]): readonly ProblemParts[] {
  const names = all.map(one => one.name);
  if (!after || names.includes(after)) return [];
  const meant = nearest(after, names);
  return [
    {
      what: `environment "${name}" → after names "${after}", and there is no such environment`,
      where: at,
      why: `a release must have been kept there before it comes here; there are ${names.join(', ')}`,
      fix: meant && meant !== name ? `did you mean '${meant}'?` : `declare ${after}, or remove after`,
    },
  ];
}

/** The first environment that comes, by way of others, after itself. */
function circle(all: readonly Named[]): readonly ProblemParts[] {
  const byName = new Map(all.map(one => [one.name, one]));
  for (const start of all) {
    const trail = [start.name];
    let next = start.options.after;
    while (next && next !== start.name && !trail.includes(next)) {
      trail.push(next);
      next = byName.get(next)?.options.after;
    }
    if (next === start.name) return [goesRound([...trail, start.name], start.at)];
  }
  return [];
}

const goesRound = (trail: readonly string[], at: string): ProblemParts => ({
  what: `the order of promotion goes round: ${trail.join(' after ')}`,
  where: at,
  why: 'a release could enter none of them, since each waits for another',
  fix: 'remove `after` from the environment that a release enters first',
});

const journalMissing = (one: Named): readonly ProblemParts[] =>
  !one.options.journal && Object.values(enginesOf(one.options)).some(isRemote)
    ? [
        {
          what: `${about(one)} is on an engine of another machine and has no journal`,
          where: one.at,
          why: 'others can use that engine too: without a journal that all share, leases and releases would be known to this machine alone',
          fix: "give it one: journal: 'postgres://…', or journal: process.env.HOLDFAST_JOURNAL with that variable set",
        },
      ]
    : [];

const pairs = (all: readonly Named[]): readonly (readonly [Named, Named])[] =>
  all
    .flatMap((one, index) => all.slice(0, index).map(other => [one, other] as const))
    .filter(([a, b]) => shareEngine(a, b));

function shareEngine(one: Named, other: Named): boolean {
  const keys = Object.values(enginesOf(other.options)).map(keyOf);
  return Object.values(enginesOf(one.options)).some(place => keys.includes(keyOf(place)));
}

function samePool(one: Named, other: Named): readonly ProblemParts[] {
  const [a, b] = [one, other].map(({ options }) => parseCidr(options.subnets ?? ''));
  if (!a || !b || !overlap(a, b)) return [];
  return [
    {
      what: `${about(one)} and ${about(other)} have pools that overlap: subnets ${a.text} and ${b.text}`,
      where: one.at,
      why: 'they are on one engine, where no address can belong to both',
      fix: 'give them pools apart, or leave `subnets` out',
    },
  ];
}

const samePorts = (one: Named, other: Named): readonly ProblemParts[] =>
  one.options.ports === undefined || one.options.ports !== other.options.ports
    ? []
    : [
        {
          what: `${about(one)} and ${about(other)} both take host ports from ${one.options.ports} on`,
          where: one.at,
          why: 'they are on one engine, and a host port leads to one edge',
          fix: `give one of them others, such as ports: ${one.options.ports + 100}, or leave \`ports\` out`,
        },
      ];
