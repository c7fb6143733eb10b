import { isEssential, type Package } from './package.ts';

/**
 * The order in which apt tries those that could serve a name: what is decided already, what is installed, the package
 * of that very name, what is Essential, what has the higher priority. Source: `CompareProviders` in apt's depcache.cc.
 */
export function compareProviders(name: string): (a: Package, b: Package) => number {
  const merits: readonly ((pack: Package) => number | boolean)[] = [
    pack => pack.guarded,
    pack => pack.below !== undefined,
    pack => pack.name === name,
    isEssential,
    priority,
  ];
  return (a, b) => {
    for (const merit of merits) {
      const order = Number(merit(b)) - Number(merit(a));
      if (order !== 0) return order;
    }
    return 0;
  };
}

const priorities = ['extra', 'optional', 'standard', 'important', 'required'];

function priority({ candidate, versions }: Package): number {
  return priorities.indexOf((candidate ?? versions[0])?.priority ?? '');
}
