/**
 * The shop under 200 requests a second, while web is replaced by a new version and, since the worker fails, by the old one
 * again. All of it is in rollout. @quiet
 */
import { story, tellAll } from './harness.ts';
import { secondServiceFails } from './support/rollouts.ts';

story('when the second service fails, the whole release goes back and not half of it', secondServiceFails);

await tellAll();
