import type { Value } from '../../model/value.ts';
import type { Instances } from '../../ports/instances.ts';
import type { Looker } from '../../ports/looking/looker.ts';
import { type DockerHost, dockerApiLooker, dockerSpawn, dockerWhereabouts } from '../../providers/docker/index.ts';
import { outsideLooker } from '../../providers/outside/index.ts';
import { procfsReader } from '../../providers/procfs/index.ts';
import { shellReader, shellRunner } from '../../providers/shell/index.ts';
import { commandLooker } from '../../verify/look/command-looker.ts';
import { snapshotLooker } from '../../verify/look/snapshot-looker.ts';

/** Ways to look at the instances of an engine, the cheapest first. Disposing of them ends the sessions that they have open. */
export interface Lookers extends AsyncDisposable {
  readonly all: readonly Looker[];
}

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
    async [Symbol.asyncDispose]() {
      await Promise.all([shell[Symbol.asyncDispose](), commands[Symbol.asyncDispose]()]);
    },
  };
}
