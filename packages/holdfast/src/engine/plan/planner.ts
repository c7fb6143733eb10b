import { derivedId } from '../../kit/id.ts';
import type { Scope } from '../../model/identity.ts';
import { addressOf } from '../../model/resource.ts';
import { byAddress } from '../../model/system-model.ts';
import type { NetworkDesire } from '../../ports/desires.ts';
import type { Seen } from '../../ports/provider.ts';
import { expand } from '../desire/expand.ts';
import { HostPorts } from '../desire/host-ports.ts';
import { SubnetPool } from '../desire/subnets.ts';
import { Surroundings } from '../desire/surroundings.ts';
import type { Wanted } from '../desire/wanted.ts';
import { isNetwork } from '../observe/world.ts';
import { refuseToBeginEmpty } from './begins-empty.ts';
import { changesOf } from './changes.ts';
import { withoutLeftInside } from './left-inside.ts';
import { type Match, type Matcher, match, SeenIndex } from './match.ts';
import { inOrder } from './order.ts';
import type { Plan, Rename } from './plan.ts';
import type { PlanInput } from './plan-input.ts';
import { removalsOf } from './removals.ts';
import { rotationsOf } from './rotations.ts';
import { routing } from './routing.ts';
import { stepsOf } from './steps.ts';
import { unanswered } from './unanswered.ts';

/** What must be done so that the world is as declared. Pure and linear in the number of objects. */
export function plan(input: PlanInput): Plan {
  const { model, world } = input;
  const scope: Scope = { system: model.name, environment: model.environment };
  const around = surroundings(input, scope);
  const wanted = inOrder(model.resources, addressOf, resource => resource.needs).flatMap(one => expand(one, around));
  const index = new SeenIndex(withoutLeftInside(world.seen, world.names, wanted), world.names, wanted);
  const matches = matched(input, wanted, around, index);
  const removals = removalsOf({ ...input, matches, unclaimed: index.unclaimed(), index });
  refuseToBeginEmpty(model, matches, removals, input.last);
  const routes = routing(model, matches, world.tables);
  const steps = stepsOf({ model, matches, removals, routes, last: input.last });
  return {
    format: 1,
    ...scope,
    model,
    steps,
    changes: [
      ...rotationsOf(input.rotated ?? [], model, matches),
      ...changesOf(matches, removals, routes, unanswered(input.last, world.seen)),
    ],
    kept: matches.filter(({ fate }) => fate === 'keep').length,
    renames: matches.flatMap(renameOf),
    retained: removals.retained,
    scheduled: removals.scheduled,
    cancelled: removals.cancelled,
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
    if (wanted.kind === 'network') around.place(wanted.of, (found.desired.spec as NetworkDesire).subnet);
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
