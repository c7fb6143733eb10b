import type Docker from 'dockerode';
import { docker, labelled, type Project } from './project.ts';

/** One container of a project as the engine itself has it. */
export interface Standing {
  readonly slot: string;
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly startedAt: string;
}

export const inspectedOf = async ({ name }: Pick<Project, 'name'>): Promise<readonly Docker.ContainerInspectInfo[]> =>
  Promise.all((await labelled(name)).containers.map(({ Id }) => docker.getContainer(Id).inspect()));

/** By slot, as in `instance/web.1`. */
export async function standingOf(project: Pick<Project, 'name'>): Promise<readonly Standing[]> {
  const all = (await inspectedOf(project)).map(({ Id, Name, State, Config }) => ({
    slot: Config.Labels['holdfast.born-as'] ?? '',
    id: Id,
    name: Name.slice(1),
    status: State.Status,
    startedAt: State.StartedAt,
  }));
  return all.toSorted((a, b) => (a.slot < b.slot ? -1 : 1));
}

/** The VERSION in each container's environment, sorted. */
export async function versionsOf(project: Pick<Project, 'name'>): Promise<readonly string[]> {
  const lines = (await inspectedOf(project)).flatMap(({ Config }) => Config.Env ?? []);
  return lines
    .filter(line => line.startsWith('VERSION='))
    .map(line => line.slice('VERSION='.length))
    .sort();
}
