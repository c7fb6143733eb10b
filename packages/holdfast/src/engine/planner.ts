import { derivedId } from '../kit/id.ts';
import type { Scope } from '../model/identity.ts';
import { addressOf } from '../model/resource.ts';
import { byAddress, type SystemModel } from '../model/system-model.ts';
import type { Provider, Seen } from '../ports/provider.ts';
import { changesOf } from './changes.ts';
import type { EnvironmentFacts } from './environment-facts.ts';
import { expand } from './expand.ts';
import { type Match, type Matcher, match, SeenIndex } from './match.ts';
import { inOrder } from './order.ts';
import type { Plan, Rename } from './plan.ts';
import { HostPorts } from './ports.ts';
import { removalsOf } from './removals.ts';
import { routing } from './routing.ts';
import { stepsOf } from './steps.ts';
import { SubnetPool } from './subnets.ts';
import { type Seal, Surroundings } from './surroundings.ts';
import type { Wanted } from './wanted.ts';
import { isNetwork, type World } from './world.ts';

export interface PlanInput {
  readonly model: SystemModel;
  readonly world: World;
  readonly facts: EnvironmentFacts;
  readonly provider: (kind: string, engine: string) => Provider;
  readonly seal: Seal;
  /** What new ids follow from. Another seed gives other ids and the same plan otherwise. */
  readonly seed: string;
  /** The model of the release that runs, where the journal knows it: orders removals. */
  readonly last?: SystemModel;
  /** References of images that a reachable release names. */
  readonly reachableImages: ReadonlySet<string>;
  /** Names of volumes whose data is to be destroyed, or all. */
  readonly destroy: ReadonlySet<string> | 'all';
  /** What a reader should know besides. */
  readonly notes?: readonly string[];
}

/** What must be done so that the world is as declared. Pure and linear in the number of objects. */
export function plan(input: PlanInput): Plan {
  const { model, world } = input;
  const scope: Scope = { system: model.name, environment: model.environment };
  const around = surroundings(input, scope);
  const wanted = inOrder(model.resources, addressOf, resource => resource.needs).flatMap(one => expand(one, around));
  const index = new SeenIndex(world.seen, world.names, wanted);
  const matches = matched(input, wanted, around, index);
  const removals = removalsOf({ ...input, matches, unclaimed: index.unclaimed(), index });
  const routes = routing(model, matches, world.tables);
  const steps = stepsOf({ matches, removals, routes, last: input.last, index });
  return {
    format: 1,
    ...scope,
    model,
    steps,
    changes: changesOf(matches, removals, routes),
    kept: matches.filter(({ fate }) => fate === 'keep').length,
    renames: matches.flatMap(renameOf),
    retained: removals.retained,
    notOurs: index.notOurs().filter(isWorthTelling),
    notes: [...(input.notes ?? []), ...removals.notes],
  };
}

function matched(
  { provider, seed }: PlanInput,
  all: readonly Wanted[],
  around: Surroundings,
  index: SeenIndex,
): readonly Match[] {
  const matcher: Matcher = {
    scope: around.scope,
    provider,
    index,
    newUid: address => derivedId(seed, address),
  };
  return all.map(wanted => {
    const found = match(wanted, matcher);
    around.call(wanted.of, found.desired.name);
    return found;
  });
}

function surroundings({ model, world, facts, seal }: PlanInput, scope: Scope): Surroundings {
  const onEngine = (engine: string) => world.seen.filter(seen => seen.engine === engine);
  const explicit = model.resources.flatMap(({ spec }) => (spec as { subnet?: string }).subnet ?? []);
  return new Surroundings({
    scope,
    facts,
    seal,
    resources: byAddress(model),
    ports: once(engine => new HostPorts(facts.ports, onEngine(engine))),
    subnets: once(
      engine =>
        new SubnetPool(facts.subnets, [
          ...onEngine(engine)
            .filter(isNetwork)
            .flatMap(seen => seen.state.subnets),
          ...explicit,
        ]),
    ),
  });
}

function once<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return key => {
    const had = made.get(key);
    if (had) return had;
    const fresh = make(key);
    made.set(key, fresh);
    return fresh;
  };
}

const renameOf = ({ formerly, desired, wanted, seen }: Match): Rename[] =>
  formerly && seen ? [{ uid: desired.uid, from: formerly, to: wanted.address }] : [];

/** The engine's own networks are nobody's debt. */
const isWorthTelling = (seen: Seen): boolean => !(seen.state as { predefined?: boolean }).predefined;
