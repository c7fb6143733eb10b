import type { Spawn } from '../../../ports/looking/spawn.ts';
import { attempt } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { exitCodeOf } from './exec.ts';
import { framesOf } from './frames.ts';

/** Starts commands inside of the containers of an engine. */
export const dockerSpawn =
  ({ docker }: DockerHost): Spawn =>
  (target, command, { user }, signal) =>
    attempt(`${command[0]} can't be run in ${target.name}`, async () => {
      const exec = await docker.getContainer(target.id).exec({
        Cmd: [...command],
        AttachStdin: true,
        AttachStdout: true,
        AttachStderr: true,
        ...(user !== undefined && { User: user }),
        abortSignal: signal,
      });
      const stream = await exec.start({ hijack: true, stdin: true, abortSignal: signal });
      return {
        input: stream,
        output: framesOf(stream),
        exitCode: () => exitCodeOf(exec),
        [Symbol.dispose]: () => void stream.destroy(),
      };
    });
