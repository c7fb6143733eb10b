import { type JobHandle, type JobOptions, job as task } from '../model/task.ts';
import { agentOf } from './agent.ts';

/**
 * Runs to completion: once each time that anything it is made of changes; or with `every` when its time has come, which
 * the agent of its engine sees to.
 */
export function job(name: string, options: JobOptions): JobHandle {
  const { every, engine }: Partial<JobOptions> = Object(options);
  const handle = task(name, options);
  if (every !== undefined) agentOf(engine);
  return handle;
}
