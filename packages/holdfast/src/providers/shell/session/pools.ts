import type { Spawn, SpawnOptions } from '../../../ports/looking/spawn.ts';
import type { Seen } from '../../../ports/provider.ts';
import { type Pool, poolOf } from './pool.ts';
import { sessionsIn } from './sessions.ts';

/** The sessions of all targets. */
export interface Pools extends AsyncDisposable {
  of(target: Seen): Pool;
}

export function poolsOf(spawn: Spawn, options: SpawnOptions): Pools {
  const pools = new Map<string, Pool>();
  return {
    of(target) {
      const pool = pools.get(target.id) ?? poolOf(sessionsIn(spawn, target, options));
      pools.set(target.id, pool);
      return pool;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...pools.values()].map(pool => pool[Symbol.asyncDispose]()));
    },
  };
}
