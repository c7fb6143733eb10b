import { declareSystem } from '../../declare/declare-system.ts';
import { loadConfig } from '../../declare/load-config.ts';
import type { StandBy } from '../../declare/stand-by.ts';
import type { EnvironmentFacts } from '../../engine/desire/environment-facts.ts';
import type { Journal } from '../../journal/journal.ts';
import { toMilliseconds } from '../../kit/duration.ts';
import type { Config } from '../../model/environment/config.ts';
import { type Environment, targetOf } from '../../model/environment/environment.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { DockerHost } from '../../providers/docker/index.ts';
import { connectEngines } from './engines.ts';
import { environmentNamed } from './environment.ts';
import { journalFacts } from './journal-facts.ts';
import { mustFindProject, type Project } from './project.ts';
import { makeState, type StateFolders, stateOf } from './state.ts';

export interface Where {
  readonly cwd: string;
  readonly env: string | undefined;
  readonly file: string | undefined;
  /** A process that evaluates system.ts, where one was started beforehand. */
  readonly standBy?: StandBy | undefined;
}

/** A project and one of its environments. Nothing is connected yet. */
export interface Place {
  readonly project: Project;
  readonly config: Config;
  readonly environment: Environment;
  readonly state: StateFolders;
  readonly standBy?: StandBy | undefined;
}

export async function findPlace({ cwd, env = 'local', file, standBy }: Where): Promise<Place> {
  const project = mustFindProject(cwd, file);
  const config = await loadConfig(project.root);
  const environment = environmentNamed(env, config);
  return { project, config, environment, state: stateOf(project.root, environment), standBy };
}

export async function openJournal({ project, state }: Place): Promise<Journal> {
  await makeState(project.root);
  return state.journal.open();
}

/** A place whose system is known and whose engines answer. */
export interface Grounded extends Place {
  readonly model: SystemModel;
  readonly hosts: readonly DockerHost[];
}

/** Evaluates system.ts for the environment of the place. */
export const declaredIn = (place: Place, signal: AbortSignal): Promise<SystemModel> => {
  const { project, config, environment, standBy } = place;
  return declareSystem({
    file: project.file,
    environment: targetOf(environment, config.environments),
    signal,
    standBy,
  });
};

/** Evaluates system.ts and connects at the same time. What is wrong with the code is told first, engine or not. */
export async function ground(place: Place, signal: AbortSignal): Promise<Grounded> {
  const connecting = connectEngines(place.environment);
  connecting.catch(() => {});
  const model = await declaredIn(place, signal);
  return { ...place, model, hosts: await connecting };
}

export const factsOf = ({ environment, model, ...place }: Grounded): EnvironmentFacts => ({
  name: environment.name,
  domain: environment.domain ?? `${model.name}.localhost`,
  subnets: environment.subnets,
  ports: environment.ports,
  hostAddress: environment.listen,
  protected: environment.protected,
  grace: toMilliseconds(environment.grace),
  journal: journalFacts({ environment, ...place }),
});
