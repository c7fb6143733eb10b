import type Docker from 'dockerode';
import { docker, type Labelled, labelled, type Project } from '../project.ts';
import type { UnnamedVolumes } from '../unnamed-volumes.ts';
import { type Fleet, networksOf, slotsOf } from './fleet.ts';

/** What is not as declared, in words. */
export interface Findings {
  /** Of ours, and nothing asks for it. */
  readonly orphans: readonly string[];
  /** Twice in one place. */
  readonly duplicates: readonly string[];
  /** Missing, half made, or not as declared. */
  readonly wrong: readonly string[];
}

/** Compares what the engine lists, past Holdfast, with what was declared; nothing but its volume for none. */
export async function compare(
  project: Project,
  fleet: Fleet | undefined,
  volumes: UnnamedVolumes,
  size: { readonly images: number },
): Promise<Findings> {
  const there = await labelled(project.name);
  const containers = await Promise.all(there.containers.map(({ Id }) => docker.getContainer(Id).inspect()));
  const slots = counted(containers.map(one => bornAs(one.Config.Labels)));
  const networks = counted(there.networks.map(one => bornAs(one.Labels)));
  const lists = [against(slots, fleet ? slotsOf(fleet) : []), against(networks, fleet ? networksOf(fleet) : [])];
  const data = against(counted(there.volumes.map(one => bornAs(one.Labels))), ['volume/data']);
  return {
    orphans: [...lists, data].flatMap(({ orphans }) => orphans).concat(await volumes.leftBehind()),
    duplicates: [...lists, data].flatMap(({ duplicates }) => duplicates),
    wrong: [
      ...lists.flatMap(({ missing }) => missing),
      ...(fleet ? data.missing : []),
      ...containers.flatMap(one => wrongWith(one, fleet)),
      ...wrongImages(there, size.images),
    ],
  };
}

const bornAs = (labels: Readonly<Record<string, string>> | null | undefined): string =>
  labels?.['holdfast.born-as'] ?? 'no address';

function counted(addresses: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...Map.groupBy(addresses, one => one)].map(([address, all]) => [address, all.length]));
}

const against = (there: ReadonlyMap<string, number>, declared: readonly string[]) => ({
  orphans: [...there.keys()].filter(address => !declared.includes(address)),
  duplicates: [...there].filter(([, count]) => count > 1).map(([address, count]) => `${address} ${count} times`),
  missing: declared.filter(address => !there.has(address)).map(address => `${address} is missing`),
});

function wrongWith({ State, Config }: Docker.ContainerInspectInfo, fleet: Fleet | undefined): string[] {
  const address = bornAs(Config.Labels);
  const version = (Config.Env ?? []).find(line => line.startsWith('VERSION='));
  return [
    ...(State.Status === 'running' ? [] : [`${address} is ${State.Status}`]),
    ...(!fleet || version === `VERSION=${fleet.version}` ? [] : [`${address} has ${version}, not ${fleet.version}`]),
  ];
}

function wrongImages({ images }: Labelled, declared: number): string[] {
  const untagged = images.filter(({ RepoTags }) => !RepoTags?.some(tag => tag !== '<none>:<none>'));
  return [
    ...(images.length === declared ? [] : [`${images.length} images instead of ${declared}`]),
    ...untagged.map(({ Id }) => `image ${Id.slice(7, 19)} has no tag`),
  ];
}
