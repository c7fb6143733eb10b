import { isOurs, type World } from '../../engine/observe/world.ts';
import type { Change, Plan } from '../../engine/plan/plan.ts';
import { isNoop } from '../../engine/plan/plan.ts';
import type { Prepared } from '../../engine/release/prepare.ts';
import type { Address } from '../../model/address.ts';
import { nameIn } from '../../model/address.ts';
import { addressOf } from '../../model/resource.ts';
import { resourcesOf } from '../../model/system-model.ts';
import type { Seen } from '../../ports/provider.ts';
import type { PlanOutput, StrangerOutput } from './plan.ts';

/** A plan as it is told: without the steps, which are for the executor. Pure. */
export function toPlanOutput({ plan, world }: Prepared): PlanOutput {
  const ours = world.seen.filter(isOurs).length - plan.retained.length;
  const notOurs = strangers(plan, world);
  return {
    system: plan.system,
    environment: plan.environment,
    noop: isNoop(plan),
    changes: plan.changes.map(change => ({ ...change, of: belongsTo(change) })),
    declared: declaredIn(plan),
    kept: plan.kept,
    retained: plan.retained.map(({ due, ...seen }) => ({
      ...told(seen),
      called: calledIn(world, seen),
      ...(due !== undefined && { due }),
    })),
    coverage: { ours, all: ours + plan.retained.length + notOurs.filter(({ of }) => of === undefined).length },
    notOurs,
    notes: plan.notes,
  };
}

const told = ({ kind, engine, name, about }: Seen) => ({ kind, engine, name, about });

const calledIn = (world: World, seen: Seen): string => nameIn(world.names.of(seen) ?? `${seen.kind}/${seen.name}`);

const declaredIn = ({ model, changes }: Plan): Record<Address, number> => {
  const changed = new Set(changes.map(({ of }) => of));
  const services = resourcesOf(model, 'service').filter(service => changed.has(addressOf(service)));
  return Object.fromEntries(services.map(service => [addressOf(service), service.spec.replicas]));
};

/** What the code no longer names is known by its instances alone: `instance/web.1` belongs to `service/web`. */
function belongsTo({ of }: Change): Address {
  const [, name, slot] = /^instance\/(.+)\.(.+)$/.exec(of) ?? [];
  if (!name) return of;
  return /^\d+$/.test(slot ?? '') ? `service/${name}` : `${slot}/${name}`;
}

/** Those on our networks first: they can reach what is ours. */
function strangers(plan: Plan, world: World): readonly StrangerOutput[] {
  const networks = new Set(world.seen.filter(isOurs).flatMap(({ kind, id }) => (kind === 'network' ? [id] : [])));
  const isNear = ({ uses = [] }: Seen): boolean => uses.some(id => networks.has(id));
  return plan.notOurs
    .map(seen => ({ ...told(seen), ...elsewhere(seen, plan), onOurNetworks: isNear(seen) }))
    .sort((a, b) => Number(b.onOurNetworks) - Number(a.onOurNetworks) || rankOf(a) - rankOf(b));
}

const ranks = ['instance', 'volume', 'database', 'role', 'extension', 'network', 'image'];

/** What runs is named before what lies about. */
const rankOf = ({ kind }: { readonly kind: string }): number => (ranks.indexOf(kind) + ranks.length) % ranks.length;

/** What another system or environment keeps is in code, though not here. A copy of ours that a hand made is not. */
const elsewhere = ({ owner }: Seen, { system, environment }: Plan): { readonly of?: string } =>
  owner && (owner.system !== system || owner.environment !== environment)
    ? { of: `${owner.system}/${owner.environment}` }
    : {};
