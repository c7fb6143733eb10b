import { Problem } from '../../../../kit/problem.ts';
import type { TreeEntry } from '../../../../kit/tree.ts';
import type { ImageTree } from '../../../../ports/image-tree.ts';
import { isMetBy, parseRelations } from '../../resolve/relation.ts';
import { fieldsOf, paragraphsOf } from '../database/control.ts';
import type { Package } from '../package.ts';

type Known = Pick<Package, 'name' | 'version' | 'fields'>;

/** Which packages below own a file. */
export interface OwnersBelow {
  /** The label of the package that names one of these absolute paths as its own. */
  of(...paths: readonly string[]): Promise<string | undefined>;
  package(label: string): Promise<Known>;
}

export function ownersIn(below: ImageTree | undefined): OwnersBelow {
  let lists: Promise<ReadonlyMap<string, string>> | undefined;
  return {
    of: async (...paths) => {
      lists ??= below ? ownersOf(below) : Promise.resolve(new Map());
      const owners = await lists;
      return paths.map(path => owners.get(path)).find(label => label !== undefined);
    },
    package: async label => {
      const [name = label] = label.split(':');
      const status = Buffer.from((await below?.read('var/lib/dpkg/status')) ?? []).toString();
      const fields =
        paragraphsOf(status)
          .map(fieldsOf)
          .find(one => one.get('Package') === name) ?? new Map();
      return { name, version: fields.get('Version') ?? '', fields };
    },
  };
}

async function ownersOf(below: ImageTree): Promise<ReadonlyMap<string, string>> {
  const owners = new Map<string, string>();
  for (const { path } of [...below.entries()]) {
    const label = /^var\/lib\/dpkg\/info\/(.+)\.list$/.exec(path)?.[1];
    if (label === undefined) continue;
    const list = Buffer.from((await below.read(path)) ?? []).toString();
    for (const line of list.split('\n')) if (line !== '') owners.set(line, label);
  }
  return owners;
}

/** Whether one package may overwrite files of the other: deb-control(5), Replaces. */
const replaces = (one: Known, other: Known): boolean =>
  parseRelations(one.fields.get('Replaces') ?? '')
    .flat()
    .some(relation => relation.name === other.name && isMetBy(relation, other.version));

const problem = (one: Known, label: string, path: string): Problem =>
  new Problem({
    what: `Packages ${label} and ${one.name} both have /${path}`,
    where: `${one.name} ${one.version}`,
    why: 'neither says that it replaces the other, so dpkg would refuse to install them together',
    fix: 'leave one of them out',
  });

/** A symbolic link does not take the place of a directory: dpkg keeps the directory. */
function withDirectory(one: Known, entry: TreeEntry): boolean {
  if (entry.type === 'symlink') return false;
  throw new Problem({
    what: `Package ${one.name} has a file where there is a directory: /${entry.path}`,
    where: `${one.name} ${one.version}`,
    fix: 'leave out what made the directory, or the package',
  });
}

/** What to do where two packages have the same path. */
export const overlap = { replaces, problem, withDirectory };
