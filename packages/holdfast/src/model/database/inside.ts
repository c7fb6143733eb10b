import type { Address } from '../address.ts';
import type { Call } from '../declaration/call.ts';
import { addressOfHandle, type Handle } from '../declaration/handle.ts';
import { rule } from '../declaration/rule.ts';
import type { Resource } from '../resource.ts';

/** What the noun is called inside of the server, where nothing else is said. */
export const nameInside = (name: string): string => String(name).replaceAll('-', '_');

/** A mark of nine characters is added to the name of who logs in, and PostgreSQL cuts names at 63. */
export const identifier = rule<string>(
  {
    is: 'a name of at most 50 small letters, digits and _',
    why: 'a name of another form would have to be quoted wherever it is written, and a mark is added to it',
    fix: "write it as in 'shop'",
  },
  value => typeof value === 'string' && /^[a-z_][a-z0-9_]{0,49}$/.test(value) && !isReserved(value),
);

/** PostgreSQL keeps `pg_` for itself, and Holdfast `holdfast_` for what makes a server work. */
const isReserved = (name: string): boolean => /^(pg|holdfast)_/.test(name) || name === 'postgres';

/** What is inside of a cluster is there after the cluster and all of its servers. */
export function needsOfInside(call: Call, cluster: Handle, others: readonly Handle[] = []): readonly Address[] {
  const of = addressOfHandle(cluster);
  const declared = call.declaration.resources.find(one => isCluster(one) && `cluster/${one.name}` === of);
  const members = declared && isCluster(declared) ? declared.spec.members : [];
  return [of, ...members, ...others.map(addressOfHandle)];
}

const isCluster = (one: Resource): one is Resource<'cluster', { readonly members: readonly Address[] }> =>
  one.kind === 'cluster';
