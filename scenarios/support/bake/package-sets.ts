import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { indexOfLists } from '../../../packages/holdfast/src/providers/debian/resolve/testing/apt-lists.ts';
import { aptOracle } from '../../../packages/holdfast/src/providers/debian/resolve/testing/apt-oracle.ts';
import type { Project } from '../../harness.ts';
import type { BakedOne } from './baked.ts';
import { inFresh } from './inside.ts';

/** What is said of the packages of an image, as `name version`, sorted. */
export interface Told {
  /** By dpkg-query in a fresh container. */
  readonly installed: readonly string[];
  /** By the bill of materials. */
  readonly listed: readonly string[];
  /** What dpkg --audit and dpkg --verify have to say. */
  readonly complaints: string;
}

export async function toldOf(project: Project, { name }: Pick<BakedOne, 'name'>, reference: string): Promise<Told> {
  const script = `dpkg-query -W -f '\${Package} \${Version}\\n'; echo ==; dpkg --audit; dpkg --verify`;
  const [packages = '', complaints = ''] = (await inFresh(reference, script)).split('==\n');
  const { stdout } = await project.must('image', 'show', name, '--sbom');
  return { installed: lines(packages), listed: debsIn(stdout), complaints: complaints.trim() };
}

const lines = (text: string): readonly string[] => text.trim().split('\n').sort();

interface Bill {
  readonly components: readonly { readonly name: string; readonly version: string; readonly purl?: string }[];
}

const debsIn = (text: string): readonly string[] =>
  (JSON.parse(text) as Bill).components
    .filter(({ purl }) => purl?.startsWith('pkg:deb/'))
    .map(({ name, version }) => `${name} ${version}`)
    .sort();

/** What `holdfast.lock` names for a base of these packages and a step of more, as `name version`, sorted. */
export async function lockedIn(
  { folder }: Pick<Project, 'folder'>,
  base: readonly string[],
  more: readonly string[],
): Promise<readonly string[]> {
  const { installs } = JSON.parse(await readFile(join(folder, 'holdfast.lock'), 'utf8')) as {
    readonly installs: Readonly<Record<string, { readonly packages: readonly string[] }>>;
  };
  const below = `bookworm amd64 essential: ${base.join(' ')}`;
  const keys = more.length > 0 ? [below, `${below} + ${more.toSorted().join(' ')}`] : [below];
  const found = keys.flatMap(key => installs[key]?.packages ?? [`nothing for ${key}`]);
  return found.map(one => one.split(' ').slice(0, 2).join(' ')).sort();
}

/** What apt would install of these on a system where nothing is: with the set that each base has. */
export async function aptInstalls(names: readonly string[]): Promise<readonly string[]> {
  await using apt = await aptOracle();
  const essential = indexOfLists().inSet('essential');
  return await apt.install([...essential.map(({ name }) => name), ...names]);
}
