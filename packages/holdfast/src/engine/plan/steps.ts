import type { Address } from '../../model/address.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { InstanceDesire, InstanceState, Upstream } from '../../ports/desires.ts';
import type { Desired, Seen } from '../../ports/provider.ts';
import { Kinship } from './kinship.ts';
import type { Match } from './match.ts';
import type { Step } from './plan.ts';
import { removalOrder } from './removal-order.ts';
import type { Removals } from './removals.ts';
import { type Routing, upstreamOf, type WayIn } from './routing.ts';
import { StepBook } from './step-book.ts';

interface Parts {
  readonly model: SystemModel;
  readonly matches: readonly Match[];
  readonly removals: Removals;
  readonly routes: Routing;
  readonly last: SystemModel | undefined;
}

/** The execution graph: each step with the steps that must be done before it. */
export function stepsOf({ model, matches, removals, routes, last }: Parts): readonly Step[] {
  const graph = new StepGraph(removals, routes);
  for (const match of matches) graph.settle(match);
  for (const edge of routes.edges) graph.route(edge);
  graph.clear(last, new Kinship([model, ...(last ? [last] : [])]));
  return graph.steps.map(step => (isOverdue(step, removals) ? { ...step, isOverdue: true } : step));
}

const isOverdue = (step: Step, { overdue }: Removals): boolean => step.op === 'remove' && overdue.has(step.seen);

class StepGraph {
  readonly #book = new StepBook();
  readonly #removals: Removals;
  readonly #routes: Routing;
  /** The last step of the slot before, where slots are replaced one after the other. */
  readonly #turn = new Map<Address, readonly string[]>();
  readonly #routing: string[] = [];

  constructor(removals: Removals, routes: Routing) {
    this.#removals = removals;
    this.#routes = routes;
  }

  get steps(): readonly Step[] {
    return this.#book.steps;
  }

  settle(match: Match): void {
    const { is } = match.wanted.role;
    if (is === 'thing' || is === 'scheduled') this.#thing(match);
    else if (is === 'task') this.#task(match);
    else this.#server(match);
  }

  #thing(match: Match): void {
    if (match.fate === 'keep') return;
    this.#book.isReady(match, this.#ensure(match, this.#needs(match)));
  }

  #task(match: Match): void {
    if (match.fate === 'keep' && !isRunning(match.seen)) return;
    const made = match.fate === 'keep' ? this.#needs(match) : [this.#ensure(match, this.#needs(match))];
    const { role } = match.wanted;
    const timeout = role.is === 'task' ? role.timeout : 0;
    this.#book.isReady(match, this.#book.add('finish', match, { after: made, uid: match.desired.uid, timeout }));
  }

  #server(match: Match): void {
    const old = this.#leftovers(match);
    if (match.fate === 'keep' && old.length === 0) return;
    if (old.length === 0) this.#book.isReady(match, this.#gate(match, this.#ensure(match, this.#needs(match))));
    else if (match.wanted.order === 'stop-first' && match.fate === 'replace') this.#stopFirst(match, old);
    else this.#startFirst(match, old);
  }

  #startFirst(match: Match, old: readonly Seen[]): void {
    const before = [...this.#needs(match), ...this.#itsTurn(match)];
    const made = match.fate === 'keep' ? before : [this.#ensure(match, before, answeringLater(match))];
    const well = this.#gate(match, ...made);
    const named = match.fate === 'replace' && answersTo(match) ? this.#answer(match, well) : well;
    const shifted = this.#shift(match, [match.desired], old, [named]);
    this.#book.isReady(match, named);
    this.#turn.set(
      match.wanted.of,
      old.map(seen => this.#remove(seen, shifted, match.wanted.of)),
    );
  }

  #stopFirst(match: Match, old: readonly Seen[]): void {
    const before = [...this.#needs(match), ...this.#itsTurn(match)];
    const left = this.#shift(match, [], old, before);
    const removed = old.map(seen => this.#remove(seen, left, match.wanted.of));
    const well = this.#gate(match, this.#ensure(match, removed));
    const [last = well] = this.#shift(match, [match.desired], [], [well]);
    this.#book.isReady(match, last);
    this.#turn.set(match.wanted.of, [last]);
  }

  /** Makes the table of an edge as it ought to be, once all that stands in it is well. */
  route({ edge, match, table, differs, drain }: Routing['edges'][number]): void {
    const isNew = match.fate === 'create' || match.fate === 'replace';
    const there = this.#book.readyOf(edge);
    const carried =
      match.fate === 'replace' ? [this.#book.add('route', match, { edge, after: there, drain }, 'carry')] : [];
    if (!isNew && !differs) return;
    const behind = [...this.#routes.waysIn]
      .filter(([, ways]) => ways.some(way => way.edge === edge))
      .map(([service]) => service);
    const after = [...there, ...carried, ...behind.flatMap(service => this.#book.readyOf(service))];
    this.#routing.push(this.#book.add('route', match, { edge, table, after, drain }));
  }

  /** Takes away what nothing asks for any more, users before what they use. */
  clear(last: SystemModel | undefined, kinship: Kinship): void {
    const things = [...this.#removals.replaced]
      .filter(([match]) => match.wanted.role.is !== 'server')
      .flatMap(([, seen]) => seen);
    const doomed = removalOrder([...things, ...this.#removals.gone], last, seen => this.#removals.addressOf(seen));
    const before = new Map(doomed.map(({ seen }) => [seen, this.#before(seen, kinship)]));
    for (const { seen, users } of doomed)
      this.#remove(seen, [...(before.get(seen) ?? []), ...this.#book.lastUseOf(seen, users)]);
  }

  /** An engine does not show who logs in as a role. So what goes, goes after all that is done about who needs it. */
  #before(seen: Seen, kinship: Kinship): readonly string[] {
    if (seen.kind === 'instance') return this.#routing;
    const resource = this.#removals.addressOf(seen);
    return [
      ...kinship.usersOf(resource).flatMap(user => this.#book.allOf(user)),
      ...kinship.needsOf(resource).flatMap(need => this.#book.readyOf(need)),
    ];
  }

  #needs({ wanted }: Match): string[] {
    return wanted.needs.flatMap(need => this.#book.readyOf(need));
  }

  #itsTurn({ wanted }: Match): readonly string[] {
    return this.#turn.get(wanted.of) ?? [];
  }

  #leftovers(match: Match): readonly Seen[] {
    return this.#removals.replaced.get(match) ?? [];
  }

  #ensure(match: Match, after: readonly string[], desired: Desired = match.desired): string {
    const step = this.#book.add('ensure', match, { after, desired, ...(match.seen && { seen: match.seen }) });
    this.#book.touches(match.seen, step);
    return step;
  }

  /** Gives the instance the name of its service, now that it is well. */
  #answer(match: Match, after: string): string {
    return this.#book.add('ensure', match, { after: [after], desired: match.desired }, 'answer');
  }

  #gate(match: Match, ...after: readonly string[]): string {
    const { role } = match.wanted;
    const probe = role.is === 'server' ? role.probe : undefined;
    return this.#book.add('gate', match, { after, uid: match.desired.uid, ...(probe && { probe }) });
  }

  #remove(seen: Seen, after: readonly string[], of?: Address): string {
    return this.#book.remove(this.#removals.addressOf(seen), seen, after, of);
  }

  /** Ids of the shifts; those that were to be waited for, where no edge leads here. */
  #shift(match: Match, add: readonly Desired[], drop: readonly Seen[], after: readonly string[]): readonly string[] {
    const ways = this.#routes.waysIn.get(match.wanted.of) ?? [];
    if (ways.length === 0) return after;
    const label = add.length > 0 ? 'in' : 'out';
    return ways.map((way, index) =>
      this.#book.add('shift', match, { ...shiftOf(way, add, drop), after }, `${label} ${index}`),
    );
  }
}

function shiftOf({ edge, routes, port, drain }: WayIn, add: readonly Desired[], drop: readonly Seen[]) {
  return {
    edge,
    routes: routes.map(({ host, path }) => ({ host, path })),
    add: add.map(({ spec }): Upstream => upstreamOf((spec as InstanceDesire).hostname, port)),
    drop: drop.map((seen): Upstream => upstreamOf(hostOf(seen), port)),
    drain,
  };
}

const hostOf = (seen: Seen): string => (seen.state as InstanceState).hostname;

const isRunning = (seen: Seen | undefined): boolean => (seen?.state as InstanceState | undefined)?.running ?? false;

const answersTo = ({ wanted: { role } }: Match): string | undefined =>
  role.is === 'server' ? role.answersTo : undefined;

/** A successor takes the service's name only when it is well: until then its predecessor alone answers to it. */
function answeringLater(match: Match): Desired {
  const name = answersTo(match);
  if (!name || match.fate !== 'replace') return match.desired;
  const spec = match.desired.spec as InstanceDesire;
  const networks = spec.networks.map(network => ({
    ...network,
    aliases: network.aliases.filter(alias => alias !== name),
  }));
  return { ...match.desired, spec: { ...spec, networks } };
}
