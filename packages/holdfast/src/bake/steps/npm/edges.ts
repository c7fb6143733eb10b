import { posix } from 'node:path';
import { isInstalled, type LockEntry, type NpmProject } from './lock.ts';
import type { Manifest } from './manifest.ts';

/** That one package wants another. */
export interface Edge {
  /** Location of the one that wants. */
  readonly from: string;
  readonly name: string;
  /** As in `^1.2.3`. */
  readonly spec: string;
  readonly kind: 'prod' | 'dev' | 'optional' | 'peer' | 'peerOptional';
  /** Location of the one that it gets, links followed; undefined where there is none. */
  readonly to: string | undefined;
}

export const isOptional = ({ kind }: Pick<Edge, 'kind'>): boolean => kind === 'optional' || kind === 'peerOptional';

/** Who wants whom, as npm's Arborist sees it: names are looked up as Node.js does. */
export function edgesOf({ entries, manifests }: NpmProject): readonly Edge[] {
  return [...entries].flatMap(([from, entry]) => {
    if (entry.link) return [];
    const wanted = wantsOf(manifests.get(from) ?? entry, !isInstalled(from));
    return wanted.map(want => ({ ...want, from, to: found(entries, from, want.name) }));
  });
}

type Want = Pick<Edge, 'name' | 'spec' | 'kind'>;

/** What is named twice counts once, as npm has it: optional before the others. */
export function wantsOf(entry: LockEntry | Manifest, isTop: boolean): readonly Want[] {
  const peerKind = (name: string) => (entry.peerDependenciesMeta?.[name]?.optional ? 'peerOptional' : 'peer');
  const wants = new Map<string, Want>();
  const add = (specs: Readonly<Record<string, string>> = {}, kindOf: (name: string) => Edge['kind']) => {
    for (const [name, spec] of Object.entries(specs))
      if (!wants.has(name)) wants.set(name, { name, spec, kind: kindOf(name) });
  };
  add(entry.optionalDependencies, () => 'optional');
  add(entry.dependencies, () => 'prod');
  add(entry.peerDependencies, peerKind);
  if (isTop) add(entry.devDependencies, () => 'dev');
  return [...wants.values()];
}

/** Where a package finds another by its name. */
export function found(entries: ReadonlyMap<string, LockEntry>, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = posix.dirname(folder)) {
    const location = posix.join(folder, 'node_modules', name);
    const entry = entries.get(location);
    if (entry) return entry.link ? targetOf(entry) : location;
    if (folder === '' || folder === '.') return undefined;
  }
}

/** The location that a link leads to. */
export const targetOf = ({ resolved = '' }: LockEntry): string => (resolved === '.' ? '' : resolved);
