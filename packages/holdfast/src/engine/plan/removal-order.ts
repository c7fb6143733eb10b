import type { Address } from '../../model/address.ts';
import { kindOf, nameIn } from '../../model/address.ts';
import { addressOf as resourceAddress } from '../../model/resource.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { Seen } from '../../ports/provider.ts';
import { append, inOrder } from './order.ts';

export interface Doomed {
  readonly seen: Seen;
  /** Others on the list that must go before it. */
  readonly users: readonly Seen[];
}

/**
 * Puts what goes in the order users first. Who uses what is read from the objects themselves, so that it is known when
 * the code is gone and the journal too; the last release's model adds what the engine can't show.
 */
export function removalOrder(
  seen: readonly Seen[],
  last: SystemModel | undefined,
  addressOf: (seen: Seen) => Address,
): readonly Doomed[] {
  const users = new Map<Seen, Seen[]>();
  for (const [used, user] of [...observedUse(seen), ...declaredUse(seen, last, addressOf)]) append(users, used, user);
  const ordered = inOrder(
    seen,
    one => one,
    one => users.get(one) ?? [],
  );
  return ordered.map(one => ({ seen: one, users: users.get(one) ?? [] }));
}

function observedUse(seen: readonly Seen[]): [Seen, Seen][] {
  const byId = new Map(seen.map(one => [one.id, one]));
  return seen.flatMap(user => (user.uses ?? []).flatMap(id => pair(byId.get(id), user)));
}

function declaredUse(
  seen: readonly Seen[],
  last: SystemModel | undefined,
  addressOf: (seen: Seen) => Address,
): [Seen, Seen][] {
  if (!last) return [];
  const needs = new Map(last.resources.map(resource => [resourceAddress(resource), resource.needs]));
  const byResource = new Map<Address, Seen[]>();
  for (const one of seen) for (const resource of resourcesBehind(addressOf(one))) append(byResource, resource, one);
  return [...byResource].flatMap(([resource, objects]) =>
    (needs.get(resource) ?? []).flatMap(need =>
      (byResource.get(need) ?? []).flatMap(used => objects.flatMap(user => pair(used, user))),
    ),
  );
}

/** `instance/web.1` was asked for by `service/web`. */
function resourcesBehind(object: Address): readonly Address[] {
  if (kindOf(object) !== 'instance') return [object];
  const [name = '', slot = ''] = nameIn(object).split('.');
  return [/^\d+$/.test(slot) ? `service/${name}` : `${slot}/${name}`];
}

const pair = (used: Seen | undefined, user: Seen): [Seen, Seen][] => (used && used !== user ? [[used, user]] : []);
