import type { Address } from './address.ts';
import { needsOf } from './ref.ts';
import { addressOf, isKnown, type Known, type Resource } from './resource.ts';
import type { PromiseSpec } from './spec/promise-spec.ts';
import { isRef, type Value } from './value.ts';

/** Who answers for it, and what is promised elsewhere: they say nothing of what runs. */
const besides = new Set(['team', 'upstream', 'secret', 'promise']);

/** What something rests on, by where it is measured. */
export type RestsOn = (starts: readonly Value[]) => ReadonlySet<Address>;

/**
 * Finds everything that what is measured at some resources rests on: what they need, what that needs, and so on. From an
 * edge the way goes on to what its routes lead to; from the URL of an edge, along the one route that the URL takes.
 */
export function restsOnIn(resources: readonly Resource[]): RestsOn {
  const all = new Map(resources.map(resource => [addressOf(resource), resource]));
  const tables = Map.groupBy(resources.filter(isKnown('routes')), ({ spec }) => spec.edge);
  return starts => {
    const found = new Set<Address>();
    const visited = new Set<string>();
    const visit = ({ of, url }: Start): void => {
      const resource = all.get(of);
      const key = `${of} ${url ?? ''}`;
      if (!resource || besides.has(resource.kind) || visited.has(key)) return;
      visited.add(key);
      found.add(of);
      // What an image was made of is in its digest.
      if (resource.kind !== 'image') for (const need of resource.needs) visit({ of: need });
      for (const table of tables.get(of) ?? []) {
        found.add(addressOf(table));
        for (const to of targets(table, url)) visit({ of: to });
      }
    };
    for (const start of starts.flatMap(startsOf)) visit(start);
    return found;
  };
}

/** What a promise rests on: where it is measured, what its checks look at, and what it survives the faults of. */
export const startsOfPromise = (spec: PromiseSpec): readonly Value[] => [
  ...spec.checks,
  ...measuredAt(spec),
  ...spec.survives.map(({ of }) => of),
];

export const measuredAt = ({ measured }: PromiseSpec): readonly Value[] =>
  measured ? [measured.type === 'check' ? measured.check : measured.url] : [];

interface Start {
  readonly of: Address;
  /** Path of a URL of it. */
  readonly url?: string;
}

/** A plain text is an address, or leads to what this system does not declare. */
function startsOf(value: Value): readonly Start[] {
  if (typeof value === 'string') return [{ of: value as Address }];
  if (isRef(value) && value.$ref.what === 'url') return [{ of: value.$ref.of, url: value.$ref.rest ?? '/' }];
  return needsOf(value).map(of => ({ of }));
}

/** Where a table leads: all of it, or one path of its first host, which is the one that an edge's `url` has. */
function targets({ spec: { routes } }: Known<'routes'>, url: string | undefined): readonly Address[] {
  const fitting = routes.filter(({ host, path }) => host === routes[0]?.host && url && isWithin(url, path));
  const [best] = fitting.toSorted((a, b) => b.path.length - a.path.length);
  return (best ? [best] : routes).map(({ to }) => to);
}

const isWithin = (url: string, prefix: string): boolean => {
  const [path = ''] = url.split(/[?#]/);
  return path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`);
};
