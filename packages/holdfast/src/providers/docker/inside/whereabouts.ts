import type { Whereabouts } from '../../../ports/looking/snapshot-reader.ts';
import { attempt, unlessGone } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';

/** Where the first processes of the containers of an engine are. */
export const dockerWhereabouts =
  ({ docker }: DockerHost): Whereabouts =>
  (target, signal) =>
    attempt(`container ${target.name} can't be looked at`, async () => {
      const found = await unlessGone(() => docker.getContainer(target.id).inspect({ abortSignal: signal }));
      return found?.State.Running && found.State.Pid > 0 ? { pid: found.State.Pid } : undefined;
    });
