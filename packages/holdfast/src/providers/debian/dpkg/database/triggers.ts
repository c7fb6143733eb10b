import type { ImageTree } from '../../../../ports/image-tree.ts';
import { linesOf, type Package } from '../package.ts';
import type { Merged } from '../tree/merge.ts';

/** The state of dpkg's triggers (doc/triggers.txt of dpkg; deb-triggers(5)). */
export interface Triggers {
  /** `triggers/File`: a path, and the package that wants to hear of changes below it. */
  readonly file: string;
  /** `triggers/<name>`: the packages that wait for it, by name. */
  readonly named: ReadonlyMap<string, string>;
  /** What the new packages set off in those below; what is new itself is configured anyway. Sorted. */
  readonly fired: readonly string[];
}

interface Interest {
  readonly trigger: string;
  readonly line: string;
}

const interests = (one: Package): readonly Interest[] =>
  linesOf(one, 'triggers').flatMap(line => {
    const [directive = '', trigger = ''] = line.split(/\s+/);
    if (!directive.startsWith('interest')) return [];
    return [{ trigger, line: `${one.label}${directive === 'interest-noawait' ? '/noawait' : ''}` }];
  });

const activations = (one: Package): readonly string[] =>
  linesOf(one, 'triggers').flatMap(line => {
    const [directive = '', trigger = ''] = line.split(/\s+/);
    return directive.startsWith('activate') ? [trigger] : [];
  });

export async function triggersOf(merged: Merged, below: ImageTree | undefined): Promise<Triggers> {
  const packages = [...merged.owned.keys()];
  const fileBelow = await textBelow(below, 'var/lib/dpkg/triggers/File');
  const namesBelow = namesIn(below);
  const wanted = packages.flatMap(interests);
  const named = new Map<string, string>();
  for (const { trigger, line } of wanted) {
    if (trigger.startsWith('/')) continue;
    const before = named.get(trigger) ?? (await textBelow(below, `var/lib/dpkg/triggers/${trigger}`));
    named.set(trigger, `${before}${line}\n`);
  }
  const paths = wanted.filter(({ trigger }) => trigger.startsWith('/'));
  const file = fileBelow + paths.map(({ trigger, line }) => `${trigger} ${line}\n`).join('');
  return { file, named, fired: firedBy(merged, watchedIn(fileBelow), namesBelow) };
}

const textBelow = async (below: ImageTree | undefined, path: string): Promise<string> =>
  Buffer.from((await below?.read(path)) ?? []).toString();

const watchedIn = (file: string): ReadonlySet<string> =>
  new Set(file.split('\n').flatMap(line => line.split(' ')[0] || []));

const folder = 'var/lib/dpkg/triggers/';

const namesIn = (below: ImageTree | undefined): ReadonlySet<string> =>
  new Set(
    [...(below?.entries() ?? [])].flatMap(({ path, type }) =>
      type === 'file' && path.startsWith(folder) ? [path.slice(folder.length)] : [],
    ),
  );

function firedBy({ owned }: Merged, watched: ReadonlySet<string>, names: ReadonlySet<string>): readonly string[] {
  const fired = new Set<string>();
  for (const [one, paths] of owned) {
    for (const trigger of activations(one)) if (names.has(trigger) || watched.has(trigger)) fired.add(trigger);
    for (const path of watched) if (paths.some(own => own === path || own.startsWith(`${path}/`))) fired.add(path);
  }
  return [...fired].sort();
}
