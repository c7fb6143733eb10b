import type { KeptRelease } from '../../journal/view.ts';
import { addressOf } from '../../model/resource.ts';
import { resourcesOf } from '../../model/system-model.ts';
import type { Scheduled } from './run-job.ts';

/** The jobs of a release that run on an engine when their time has come. Pure. */
export function scheduledIn(release: KeptRelease | undefined, engine: string): readonly Scheduled[] {
  if (!release) return [];
  return resourcesOf(release.model, 'job').flatMap(job => {
    const { every, timeout } = job.spec;
    if (every === undefined || job.engine !== engine) return [];
    return [{ job: addressOf(job), every, timeout, since: Date.parse(release.at) }];
  });
}
