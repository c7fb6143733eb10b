import { expect, test } from 'vitest';
import type { Plan, Step } from '../plan/plan.ts';
import { asProblemOf } from '../release/release.ts';
import { MemoryEngine } from '../testing/memory-engine.ts';
import { type Applied, apply } from './apply.ts';

const ensure = (name: string, after: readonly string[] = []): Step => {
  const address = `thing/${name}` as const;
  const desired = { address, kind: 'thing', engine: 'default', uid: name, name, spec: {} };
  return { id: `ensure ${address}`, op: 'ensure', address, engine: 'default', after, desired };
};

const steps = [ensure('one'), ensure('two', ['ensure thing/one']), ensure('three', ['ensure thing/two'])];

/** Applies while `fence` says that the lease is ours. */
async function applied(engine: MemoryEngine, fence: () => Promise<boolean>): Promise<Applied> {
  const plan = {
    system: 'shop',
    environment: 'local',
    steps,
    renames: [],
    scheduled: [],
    cancelled: [],
  } as unknown as Plan;
  return apply(plan, await engine.observe([]), {
    ...engine,
    prober: async () => ({ ok: true, answer: 'ok', milliseconds: 0 }),
    clock: Date.now,
    signal: new AbortController().signal,
    record: async () => undefined,
    release: 'r',
    fence,
  });
}

test('who lost the lease has no further effect, and says that this is why', async () => {
  const engine = new MemoryEngine();
  const outcome = await applied(engine, async () => engine.objects.size < 1);
  expect([...engine.objects.values()].map(({ name }) => name)).toEqual(['one']);
  expect(asProblemOf({ outcome: 'interrupted', applied: outcome }).message).toMatch(/lease .* no longer ours/);
});

test('a step that fails because another one took over is not what is told', async () => {
  const engine = new MemoryEngine();
  let ours = true;
  engine.onEffect = what => {
    ours = false;
    throw new Error(`${what}: it is gone`);
  };
  const outcome = await applied(engine, async () => ours);
  expect(asProblemOf({ outcome: 'interrupted', applied: outcome }).message).toMatch(/lease .* no longer ours/);
});

test('a step that fails while the lease is ours is told as it is', async () => {
  const engine = new MemoryEngine();
  engine.onEffect = () => {
    throw new Error('no space left');
  };
  const outcome = await applied(engine, async () => true);
  expect(asProblemOf({ outcome: 'failed', applied: outcome }).message).toBe('no space left');
});
