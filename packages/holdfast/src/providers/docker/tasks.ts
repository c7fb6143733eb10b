import type Docker from 'dockerode';
import { Problem } from '../../kit/problem.ts';
import { labels, type Scope } from '../../model/identity.ts';
import type { Task, Tasks } from '../../ports/tasks.ts';
import { attempt, unless, unlessGone } from './host/calls.ts';
import type { DockerHost } from './host/host.ts';
import { isUnfilled } from './instance/differences.ts';
import { birthOf } from './labels.ts';

/**
 * The containers of an environment that are run to completion: those that were born with a word where servers have a number.
 * One whose files are not in place yet is none, until `up` has put them there.
 */
export function dockerTasks({ docker }: DockerHost, scope: Scope): Tasks {
  const { system, environment } = scope;
  const of = ({ id }: Task): Docker.Container => docker.getContainer(id);

  async function list(): Promise<readonly Task[]> {
    const label = [`${labels.system}=${system}`, `${labels.environment}=${environment}`];
    const listed = await docker.listContainers({ all: true, filters: { label } });
    const found = await Promise.all(
      listed
        .filter(({ Labels }) => !/\.\d+$/.test(Labels[labels.bornAs] ?? ''))
        .map(({ Id }) => inspect(docker, Id, scope)),
    );
    return found.filter(one => one !== undefined);
  }

  return {
    list: () => attempt('the jobs of the engine can not be listed', list),
    start: task =>
      attempt('a job can not be started', async () => {
        const isThere = await unlessGone(() => unless([304], () => of(task).start()).then(() => true));
        if (!isThere) throw new Problem({ what: `the container of ${task.birth.bornAs} is gone`, retry: true });
      }),
    stop: async task => {
      await attempt('a job can not be stopped', () => unless([304, 404], () => of(task).stop()));
    },
    ended: (task, signal) => attempt('the end of a job can not be awaited', () => ended(of(task), signal)),
  };
}

async function inspect(docker: Docker, id: string, scope: Scope): Promise<Task | undefined> {
  const found = await unlessGone(() => docker.getContainer(id).inspect());
  const birth = found && birthOf('instance', found.Config.Labels, scope);
  if (!birth || isUnfilled(found.State.Status, found.HostConfig.RestartPolicy?.Name)) return undefined;
  const { Running, StartedAt, ExitCode } = found.State;
  const startedAt = Math.max(0, Date.parse(StartedAt));
  return {
    id,
    birth,
    isRunning: Running,
    startedAt,
    createdAt: Date.parse(found.Created),
    ...(!Running && startedAt > 0 && { exitCode: ExitCode }),
  };
}

async function ended(container: Docker.Container, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted();
  const { StatusCode } = await container.wait({ condition: 'not-running', abortSignal: signal }).catch(error => {
    signal.throwIfAborted();
    throw error;
  });
  return StatusCode;
}
