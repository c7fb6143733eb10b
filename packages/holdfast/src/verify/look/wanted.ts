import type { Asked } from '../../ports/looking/looker.ts';
import type { Wanted, WantedFile } from '../../ports/looking/snapshot.ts';
import { tellingOf } from './telling.ts';

/** What must be read to tell of subjects: all of it in one go, and each thing once. Pure. */
export function wantedFor(asked: readonly Asked[]): Wanted {
  const parts = asked.map(({ of, wanted }) => tellingOf(of)?.wants(of, wanted) ?? {});
  const unique = (of: (part: Partial<Wanted>) => readonly string[] | undefined) => [
    ...new Set(parts.flatMap(part => of(part) ?? [])),
  ];
  return {
    files: merged(parts.flatMap(({ files }) => files ?? [])),
    folders: unique(({ folders }) => folders),
    space: unique(({ space }) => space),
    kernel: unique(({ kernel }) => kernel),
    network: parts.some(({ network }) => network),
    processes: parts.some(({ processes }) => processes),
    sockets: parts.some(({ sockets }) => sockets),
    mounts: parts.some(({ mounts }) => mounts),
    environment: parts.some(({ environment }) => environment),
  };
}

/** Each path once, with all that is wanted of it. */
const merged = (files: readonly WantedFile[]): readonly WantedFile[] =>
  [...Map.groupBy(files, ({ path }) => path)].map(([path, some]) => ({
    path,
    content: some.some(({ content }) => content),
    checksum: some.some(({ checksum }) => checksum),
    ...deepest(some),
  }));

function deepest(files: readonly WantedFile[]): Pick<WantedFile, 'inside'> {
  const all = files.flatMap(({ inside }) => inside ?? []);
  if (all.length === 0) return {};
  return { inside: all.includes('all') ? 'all' : 'directly' };
}
