/**
 * The shop under 200 requests a second, while it is changed: new versions, bad ones, an interruption, more and fewer
 * instances. No request may fail, whatever becomes of the release. About three minutes: @long; one of them is told in shop too.
 */
import { story, tellAll } from './harness.ts';
import { ctrlC, neverHealthy, newVersion, scaling, secondServiceFails, variableAlone } from './support/rollouts.ts';

story('a new version rolls out; customers keep their connections', telling => newVersion(telling, 'kept'));
story('a new version rolls out; customers make a new connection each time', telling => newVersion(telling, 'new'));
story('a change of nothing but an environment variable rolls out', variableAlone);
story('a version that never gets healthy goes back by itself, and says why', neverHealthy);
story('when the second service fails, the whole release goes back and not half of it', secondServiceFails);
story('Ctrl-C in the middle of a rollout takes all of it back', ctrlC);
story('from three instances to five, and to two', scaling);

await tellAll();
