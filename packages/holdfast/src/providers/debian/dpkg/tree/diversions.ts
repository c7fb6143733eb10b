import type { TreeEntry } from '../../../../kit/tree.ts';
import type { ImageTree } from '../../../../ports/image-tree.ts';
import { type Package, textOf } from '../package.ts';
import { fileOf } from './content.ts';

/** Where a package's files go in place of where they say, since another one diverted them: dpkg-divert(1). */
export interface Diversions {
  /** Both absolute. */
  target(path: string, name: string): string;
  /** Where the package puts aside what others have at the path, if it does. */
  aside(path: string, name: string): string | undefined;
  /** `var/lib/dpkg/diversions` with those by which something was put aside; undefined where nothing was. */
  file(isThere: (path: string) => boolean, epoch: number): TreeEntry | undefined;
}

const path = 'var/lib/dpkg/diversions';

interface Diversion {
  readonly from: string;
  readonly to: string;
  readonly by: string;
}

/** Those that stand below, and those that the packages will make before they are unpacked. */
export async function diversionsOf(below: ImageTree | undefined, packages: readonly Package[]): Promise<Diversions> {
  const bytes = (await below?.read(path)) ?? new Uint8Array();
  const before = noted(Buffer.from(bytes).toString());
  const added = packages.flatMap(announced).filter(one => before.every(({ from }) => from !== one.from));
  const known = new Map([...before, ...added].map(one => [one.from, one]));
  return {
    target: (path, name) => {
      const found = known.get(path);
      return found && found.by !== name ? found.to : path;
    },
    aside: (path, name) => {
      const found = known.get(path);
      return found?.by === name ? found.to : undefined;
    },
    file: (isThere, epoch) => {
      const used = added.filter(({ to }) => isThere(to.slice(1)));
      const lines = [...before, ...used].map(({ from, to, by }) => `${from}\n${to}\n${by}\n`);
      return used.length > 0 ? fileOf(path, lines.join(''), epoch) : undefined;
    },
  };
}

/** Three lines each: from, to, and the package whose files stay, or `:` (dpkg's lib/dpkg/db-fsys-divert.c). */
function noted(text: string): readonly Diversion[] {
  const lines = text.split('\n');
  const starts = lines.flatMap((_, at) => (at % 3 === 0 && at + 2 < lines.length ? [at] : []));
  return starts.map(at => ({ from: lines[at] ?? '', to: lines[at + 1] ?? '', by: lines[at + 2] ?? '' }));
}

/**
 * What a `preinst` says in plain words: `dpkg-divert --package a --rename --divert /x.old --add /x`. It finds it done where
 * something had to be put aside: dpkg-divert would refuse to rename then, for both files are there.
 */
const announced = (one: Package): readonly Diversion[] =>
  textOf(one, 'preinst')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter(line => /^\s*dpkg-divert\s/.test(line) && /\s--rename\b/.test(line) && !/[$`]|--(remove|list)/.test(line))
    .flatMap(line => diversionIn(line.trim().split(/\s+/).slice(1), one.name));

function diversionIn(words: readonly string[], name: string): readonly Diversion[] {
  const options = words.join(' ').replace(/--(package|divert)[ =](\S+)/g, '');
  const value = (option: string) => new RegExp(`--${option}[ =](\\S+)`).exec(words.join(' '))?.[1];
  const from = options.split(' ').find(word => word.startsWith('/'));
  if (from === undefined || (value('package') ?? name) !== name) return [];
  return [{ from, to: value('divert') ?? `${from}.distrib`, by: name }];
}
