import type { Value } from '../../model/value.ts';
import type { Instances } from '../../ports/instances.ts';
import type { Looker } from '../../ports/looking/looker.ts';
import { type DockerHost, dockerApiLooker, dockerSpawn, dockerWhereabouts } from '../../providers/docker/index.ts';
import { outsideLooker } from '../../providers/outside/index.ts';
import { hostReader, procfsReader } from '../../providers/procfs/index.ts';
import { hostOverSsh, shellReader, shellRunner, spawnHere, spawnOverSsh } from '../../providers/shell/index.ts';
import { commandLooker } from '../../verify/look/command-looker.ts';
import { snapshotLooker } from '../../verify/look/snapshot-looker.ts';

/** Ways to look, the cheapest first. Disposing of them ends the sessions that they have open. */
export interface Lookers extends AsyncDisposable {
  readonly all: readonly Looker[];
}

/** Ways to look at the instances of an engine. */
export function lookersOf(
  host: DockerHost,
  instances: Pick<Instances, 'reach'>,
  reveal: (value: Value) => string,
): Lookers {
  const [spawn, whereabouts] = [dockerSpawn(host), dockerWhereabouts(host)];
  const shell = shellReader(spawn, whereabouts);
  const commands = shellRunner(spawn, whereabouts);
  return {
    all: [
      snapshotLooker(procfsReader(whereabouts)),
      snapshotLooker(shell),
      commandLooker(commands),
      dockerApiLooker(host),
      outsideLooker({ reach: instances.reach, reveal }),
    ],
    [Symbol.asyncDispose]: () => leave(shell, commands),
  };
}

/** Ways to look at the machine that this process runs on. */
export function lookersOfHere(reveal: (value: Value) => string): Lookers {
  const [spawn, whereabouts] = [spawnHere(), async () => ({ pid: 1 })];
  const shell = shellReader(spawn, whereabouts);
  const commands = shellRunner(spawn, whereabouts);
  const reach = async (_: unknown, port: number) => ({ host: '127.0.0.1', port });
  return {
    all: [
      snapshotLooker(hostReader()),
      snapshotLooker(shell),
      commandLooker(commands),
      outsideLooker({ reach, reveal }),
    ],
    [Symbol.asyncDispose]: () => leave(shell, commands),
  };
}

/** Ways to look at another machine, as `ssh` reaches it. Its ports are asked where that goes. */
export function lookersOver(ssh: string, reveal: (value: Value) => string): Lookers {
  const [spawn, whereabouts] = [spawnOverSsh(ssh), async () => ({ pid: 1 })];
  const shell = shellReader(spawn, whereabouts);
  const commands = shellRunner(spawn, whereabouts);
  const reach = async (_: unknown, port: number) => ({ host: await hostOverSsh(ssh), port });
  return {
    all: [snapshotLooker(shell), commandLooker(commands), outsideLooker({ reach, reveal })],
    [Symbol.asyncDispose]: () => leave(shell, commands),
  };
}

const leave = async (...all: readonly AsyncDisposable[]): Promise<void> =>
  void (await Promise.all(all.map(one => one[Symbol.asyncDispose]())));
