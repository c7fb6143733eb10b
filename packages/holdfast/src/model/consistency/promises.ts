import type { ProblemParts } from '../../kit/problem.ts';
import { type Address, kindOf, nameIn } from '../address.ts';
import { subject } from '../declaration/handle.ts';
import { addressOf, isKnown, type Known, type Resource } from '../resource.ts';
import { type RestsOn, restsOnIn, startsOfPromise } from '../rests-on.ts';
import type { FaultSpec, PromiseSpec } from '../spec/promise-spec.ts';
import type { Check } from './across.ts';

type Promised = Known<'promise'>;
type All = ReadonlyMap<Address, Resource>;

/** Promises that the rest of the system contradicts. */
export const impossiblePromises: Check = ({ resources }) => {
  const all: All = new Map(resources.map(resource => [addressOf(resource), resource]));
  const restsOn = restsOnIn(resources);
  return resources
    .filter(isKnown('promise'))
    .flatMap(promise =>
      [
        ...promise.spec.survives.flatMap(fault => unsurvivable(promise, fault, all)),
        ...strangers(promise, all),
        ...nothingToLose(promise, restsOn),
        ...circles(promise, all),
      ].map(problem => ({ ...problem, ...(promise.at && { where: promise.at }) })),
    );
};

const nameOf = (promise: Promised): string => subject('promise', promise.name);
const subjectOf = (of: Address): string => subject(kindOf(of), nameIn(of));

function unsurvivable(promise: Promised, fault: FaultSpec, all: All): readonly ProblemParts[] {
  if (fault.type === 'outage') return isGiven(fault.of, promise, all) ? [] : [notGiven(promise, fault.of)];
  const service = all.get(fault.of);
  const servers = fault.type === 'failover' ? serversOf(fault.of, all) : undefined;
  if (servers) return servers.spec.members.length > 1 ? [] : [noStandby(promise, servers)];
  if (!service || !isKnown('service')(service)) return [];
  const { replicas } = service.spec;
  if (fault.type === 'failover')
    return Math.max(replicas, serversBehind(service, all)) > 1 ? [] : [noOtherInstance(promise, service)];
  return fault.instances < replicas ? [] : [noneLeft(promise, service, fault.instances)];
}

/** How many servers a service leads to that is the way to a database. */
function serversBehind(service: Known<'service'>, all: All): number {
  const clusters = [...all.values()].filter(isKnown('cluster'));
  return clusters.find(({ spec }) => spec.proxy === addressOf(service))?.spec.members.length ?? 0;
}

/** The database cluster that it is, or that it leads to. */
const serversOf = (of: Address, all: All): Known<'cluster'> | undefined =>
  [...all.values()]
    .filter(isKnown('cluster'))
    .find(one => addressOf(one) === of || [one.spec.proxy, ...one.spec.members].includes(of));

/** Whether a promise hangs on an upstream, by itself or by the promises that it is given. */
const isGiven = (of: Address, promise: Promised, all: All): boolean =>
  [promise.spec.given, ...premises(promise, all).map(({ spec }) => spec.given)].some(given => given.includes(of));

/** The promises that one is given, that those are given, and so on. */
function premises(promise: Promised, all: All): readonly Promised[] {
  const found = new Set<Promised>();
  const visit = ({ given }: PromiseSpec): void => {
    for (const of of given) {
      const one = all.get(of);
      if (!one || !isKnown('promise')(one) || found.has(one)) continue;
      found.add(one);
      visit(one.spec);
    }
  };
  visit(promise.spec);
  return [...found];
}

/** Who signs for a risk and is in no way bound to the promise. */
function strangers(promise: Promised, all: All): readonly ProblemParts[] {
  const { risk, by } = promise.spec;
  const team = all.get(by);
  if (!risk || !team || !isKnown('team')(team) || team.spec.people.includes(risk.acceptedBy)) return [];
  return [
    {
      what: `${nameOf(promise)} has a risk that "${risk.acceptedBy}" accepts, who is not in ${subjectOf(by)}`,
      why: 'the risk of a promise is taken by those who keep it',
      fix: `name one of ${team.spec.people.join(', ')}, or add them to the team`,
    },
  ];
}

/** What a promise may lose of, where nothing that it rests on keeps anything. */
function nothingToLose(promise: Promised, restsOn: RestsOn): readonly ProblemParts[] {
  if (promise.spec.recovers?.losing === undefined) return [];
  const path = [...restsOn(startsOfPromise(promise.spec))];
  const runs = path.filter(of => ['service', 'job', 'migration'].includes(kindOf(of)));
  const isKept = path.some(of => kindOf(of) === 'volume' || !ownKinds.has(kindOf(of)));
  if (runs.length === 0 || isKept) return [];
  return [
    {
      what: `${nameOf(promise)} → recovers.losing is said of what has no data`,
      why: `it rests on ${runs.map(subjectOf).join(', ')}, and no volume is mounted there: there is nothing that could be lost`,
      fix: 'remove `losing`, or give the volume to the service that keeps the data: mounts: { … }',
    },
  ];
}

/** Others are of third parties, and may keep data. */
const ownKinds = new Set(['service', 'job', 'migration', 'image', 'network', 'routes', 'check']);

/** Two handles of one name can close a circle, where one of them comes from another system. */
const circles = (promise: Promised, all: All): readonly ProblemParts[] =>
  premises(promise, all).includes(promise)
    ? [
        {
          what: `${nameOf(promise)} is given itself, by way of ${promise.spec.given.map(subjectOf).join(', ')}`,
          why: 'each would hold only if the other held first, so neither says anything',
          fix: 'take one of them out of the other’s `given`',
        },
      ]
    : [];

const notGiven = (promise: Promised, of: Address) => ({
  what: `${nameOf(promise)} survives an outage of ${subjectOf(of)}, which it is not given`,
  why: 'what a promise does not hang on can go at any time: surviving it would show nothing',
  fix: `name it: given: [${nameIn(of)}], or remove outage(${nameIn(of)})`,
});

const noOtherInstance = (promise: Promised, { name }: Resource) => ({
  what: `${nameOf(promise)} survives a failover of ${subject('service', name)}, which has one instance`,
  why: 'there is no other one that could take over',
  fix: 'give it replicas: 2, or more (a database: standbys: 2), or promise what it recovers from instead',
});

const noStandby = (promise: Promised, { name }: Resource) => ({
  what: `${nameOf(promise)} survives a failover of database "${name}", which has one server`,
  why: 'there is no standby that could take over',
  fix: `give it one: postgres('${name}', { …, standbys: 1 }), or promise what it recovers from instead`,
});

const noneLeft = (promise: Promised, service: Known<'service'>, instances: number) => ({
  what: `${nameOf(promise)} survives the loss of ${instances} of ${subject('service', service.name)}, which has ${service.spec.replicas}`,
  why: 'no instance would be left to keep it',
  fix: `lose fewer: loss(${service.name}, ${Math.max(1, service.spec.replicas - 1)}), or give it replicas: ${instances + 1}`,
});
