import { expect, test } from 'vitest';
import type { FactDraft } from '../../journal/fact.ts';
import type { Seen } from '../../ports/provider.ts';
import type { Plan, Step } from '../plan/plan.ts';
import { MemoryEngine } from '../testing/memory-engine.ts';
import { type Applied, apply } from './apply.ts';

const hour = 3_600_000;
const notes: Seen = {
  kind: 'volume',
  engine: 'default',
  id: 'v1',
  name: 'shop-local-notes',
  birth: { uid: 'live', bornAs: 'volume/notes' },
  state: {},
  about: 'volume notes',
  holdsData: true,
};
const of = { uid: 'live', address: 'volume/notes' } as const;
const removal = (more: object = {}): Step => ({
  ...{ id: 'remove volume/notes', op: 'remove', address: of.address, engine: 'default', after: [], seen: notes },
  ...more,
});

/** A world with one volume; `isBusy`: the engine refuses to take it. */
async function applied(plan: Partial<Plan>, { isBusy = false, ours = true } = {}) {
  const engine = new MemoryEngine();
  engine.objects.set(notes.id, notes);
  engine.onEffect = () => {
    if (isBusy) throw new Error('it is mounted');
  };
  const facts: FactDraft[] = [];
  const nothing = { steps: [], renames: [], scheduled: [], cancelled: [] };
  const whole = { system: 'shop', environment: 'local', ...nothing, ...plan } as unknown as Plan;
  const outcome: Applied = await apply(whole, await engine.observe([]), {
    ...engine,
    prober: async () => ({ ok: true, answer: 'ok', milliseconds: 0 }),
    clock: () => 10 * hour,
    signal: new AbortController().signal,
    record: async fact => void facts.push(fact),
    release: 'r',
    fence: async () => ours,
  });
  const told = facts.filter(({ kind }) => kind.startsWith('destruction.')).map(({ kind, payload }) => [kind, payload]);
  return { outcome, told, facts, isThere: engine.objects.has(notes.id) };
}

test('what held data and went is told as destroyed', async () => {
  const { told, isThere } = await applied({ steps: [removal()] });
  expect([told, isThere]).toEqual([[['destruction.done', of]], false]);
});

test('what nobody asked for at this time stays where it can not go, and says why; what was asked for fails', async () => {
  const busy = await applied({ steps: [removal({ isOverdue: true })] }, { isBusy: true });
  expect([busy.outcome.failures, busy.told, busy.isThere]).toEqual([[], [], true]);
  expect(busy.facts.at(-1)).toMatchObject({ kind: 'step.done', payload: { note: 'it stays for now: it is mounted' } });
  const { outcome } = await applied({ steps: [removal()] }, { isBusy: true });
  expect(outcome.failures).toHaveLength(1);
});

test('a grace period begins when the plan is applied', async () => {
  const scheduled = { ...of, kind: 'volume', engine: 'default', due: '1970-01-01T00:00:00.000Z', grace: hour };
  const { told, isThere } = await applied({ scheduled: [scheduled] });
  const { grace: _, ...destruction } = scheduled;
  expect(told).toEqual([['destruction.scheduled', { ...destruction, due: '1970-01-01T11:00:00.000Z' }]]);
  expect(isThere).toBe(true);
});

test('who lost the lease has nothing to say of data either', async () => {
  const scheduled = { ...of, kind: 'volume', engine: 'default', due: '1970-01-01T00:00:00.000Z', grace: hour };
  const { told, outcome } = await applied({ scheduled: [scheduled] }, { ours: false });
  expect([told, outcome.overtaken?.message]).toEqual([[], expect.stringContaining('no longer ours')]);
});
