import type { Address } from '../../../model/address.ts';
import { addressOf, isKnown, type Known, type Resource } from '../../../model/resource.ts';
import { startsOfPromise } from '../../../model/rests-on.ts';
import type { Edge, Graph, Node } from '../map/graph.ts';
import { type Around, statusOf } from './around.ts';

/** What stands beside what runs would only draw lines to everything: pages tell of it. */
const beside = new Set(['team', 'check', 'secret', 'network', 'image', 'routes']);

/** More than a person finds a way through: the tables tell the same. */
const most = 80;

/** The system from its promises down. */
export const systemMap = (around: Around): Graph =>
  graphOf(around.model.resources.filter(({ kind }) => !beside.has(kind)).map(addressOf), around, {
    title: `Map of ${around.model.name}`,
  });

/** A promise, and all that it rests on. */
export function promiseMap(promise: Known<'promise'>, around: Around): Graph {
  const of = addressOf(promise);
  const rest = around.restsOn(startsOfPromise(promise.spec));
  const named = promise.needs.flatMap(need => [need, ...(around.needs.get(need) ?? [])]);
  const all = [of, ...rest, ...named].filter(one => one === of || !beside.has(kindIn(one, around)));
  return graphOf(all, around, { title: `What “${promise.spec.sentence}” rests on`, subject: of });
}

/** A thing between what it needs and what needs it. */
export function resourceMap(resource: Resource, around: Around): Graph {
  const of = addressOf(resource);
  const near = [...(around.neededBy.get(of) ?? []), ...(around.needs.get(of) ?? [])];
  const all = [of, ...near].filter(one => one === of || kindIn(one, around) !== 'check');
  return graphOf(all, around, {
    title: `What ${resource.kind} ${resource.name} needs, and what needs it`,
    subject: of,
    isNear: true,
  });
}

const kindIn = (of: Address, { all }: Around): string => all.get(of)?.kind ?? '';

interface About {
  readonly title: string;
  readonly subject?: Address;
  /** Only ways from and to the subject. */
  readonly isNear?: boolean;
}

function graphOf(addresses: readonly Address[], around: Around, { title, subject, isNear }: About): Graph {
  const shown = [...new Set(addresses)].filter(of => around.all.has(of));
  const drawn = new Set(shown.length > most ? [] : shown);
  const edges = [...drawn]
    .flatMap(from => waysFrom(from, around).map((to): Edge => ({ from, to })))
    .filter(({ from, to }) => drawn.has(to) && (!isNear || from === subject || to === subject));
  return {
    title,
    description: describe(edges, around),
    nodes: [...drawn].map(of => nodeOf(of, around, of === subject)),
    edges,
  };
}

/** A promise that is measured nowhere stands above what its checks look at. */
function waysFrom(from: Address, { needs, all }: Around): readonly Address[] {
  const direct = needs.get(from) ?? [];
  const looked = direct.flatMap(need => {
    const check = all.get(need);
    return check && isKnown('check')(check) ? [check.spec.target] : [];
  });
  return [...new Set([...direct, ...looked])];
}

function nodeOf(of: Address, around: Around, isSubject: boolean): Node {
  const resource = around.all.get(of) as Resource;
  const isPromise = isKnown('promise')(resource);
  return {
    of,
    kind: resource.kind,
    name: isPromise ? resource.spec.sentence : resource.name,
    ...(isPromise && { state: statusOf(of, around) }),
    ...(isSubject && { isSubject }),
  };
}

function describe(edges: readonly Edge[], { all }: Around): string {
  const name = (of: Address): string => {
    const resource = all.get(of);
    return resource && isKnown('promise')(resource) ? `“${resource.spec.sentence}”` : (resource?.name ?? of);
  };
  const groups = [...Map.groupBy(edges, ({ from }) => from)];
  return groups.map(([from, ways]) => `${name(from)} needs ${ways.map(({ to }) => name(to)).join(', ')}.`).join(' ');
}
