import type { HeldLease } from '../../journal/keeper.ts';
import type { Provider, Providers } from '../../ports/provider.ts';
import type { Surroundings } from '../../restore/desire.ts';
import { restoredScope } from '../../restore/desire.ts';
import type { WorkingStage } from '../ground/stage.ts';

/** Who makes and removes restored servers on the engines of a stage, for as long as the lease is held. */
export async function makersOf(stage: WorkingStage, lease: HeldLease): Promise<Providers> {
  const { fenced, dockerInstances, dockerVolumes } = await import('../../providers/docker/index.ts');
  const scope = await scopeOf(stage);
  const { reveal } = stage.vault;
  const makers = new Map<string, Provider>();
  for (const bare of stage.hosts) {
    const host = fenced(bare, () => lease.stillMine());
    for (const one of [dockerVolumes(host, scope), dockerInstances(host, scope, { reveal })])
      makers.set(`${host.engine} ${one.kind}`, one as Provider);
  }
  return (kind, engine) => makers.get(`${engine} ${kind}`) ?? stage.providers(kind, engine);
}

/** Where restored servers may be. */
export async function enginesForRestored(
  stage: WorkingStage,
): Promise<readonly Pick<Surroundings, 'scope' | 'engine'>[]> {
  const scope = await scopeOf(stage);
  return stage.hosts.map(({ engine }) => ({ scope, engine }));
}

async function scopeOf({ declare }: WorkingStage) {
  const { name: system, environment } = await declare();
  return restoredScope({ system, environment });
}
