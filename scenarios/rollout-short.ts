/** The shop under 200 requests a second: a good version, and one that goes back. All of it is in rollout. */
import { story, tellAll } from './harness.ts';
import { newVersion, secondServiceFails } from './support/rollouts.ts';

story('a new version rolls out, and no request fails', telling => newVersion(telling, 'both'));
story('when the second service fails, the whole release goes back and not half of it', secondServiceFails);

await tellAll();
