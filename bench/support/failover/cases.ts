import { type Cluster, type Member, running, until } from '../../../scenarios/support/cluster/cluster.ts';
import { runInContainer } from '../../../scenarios/support/containers.ts';
import { freeze } from '../../../scenarios/support/faults/freeze.ts';
import { kill } from '../../../scenarios/support/faults/kill.ts';
import { partition } from '../../../scenarios/support/faults/partition.ts';
import { docker } from '../../../scenarios/support/project.ts';

/** What is done to the primary. Resolves when it has been seen to bite, with what puts it right. */
export type Case = (cluster: Cluster, primary: Member) => Promise<() => Promise<void>>;

/** Longest that a fault stands, whatever becomes of us: the slowest takes over after some 40 s. */
const limitSeconds = 120;

export const cases = {
  kill: async (_, { id }) => {
    await kill(id, 'engine');
    return () => startAgain(id);
  },

  switchover: async (cluster, primary) => {
    await runInContainer(primary.id, ...cluster.leave(primary));
    return async () => {};
  },

  freeze: async (_, { id }) => (await freeze(id, limitSeconds)).heal,

  partition: async (cluster, primary) => {
    const others = await running(cluster, [...cluster.etcd, ...cluster.members]);
    const peers = others.filter(({ name }) => name !== primary.name).map(({ address }) => address);
    const cut = await partition(primary.id, peers);
    await until('packets are dropped', 20, async () => (await cut.dropped()) > 0);
    return cut.heal;
  },
} as const satisfies Record<string, Case>;

export type CaseName = keyof typeof cases;

/** Where nobody else does. */
async function startAgain(id: string): Promise<void> {
  await docker
    .getContainer(id)
    .start()
    .catch(error => {
      if (![304, 404].includes(error.statusCode)) throw error;
    });
}
