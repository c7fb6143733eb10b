import { expect, test } from 'vitest';
import type { FactKind, Payloads, StoredFact } from './fact.ts';
import { firstOfEach } from './last-done.ts';

const fact = <K extends FactKind>(seq: number, kind: K, payload: Payloads[K]): StoredFact => ({
  ...{
    format: 1,
    seq,
    id: String(seq),
    at: '2026-01-01T00:00:00Z',
    actor: 'agent',
    system: 'shop',
    environment: 'test',
  },
  ...{ kind, payload },
});

test('the newest of each job, database and kind of backup is what counts', () => {
  const slot = { job: 'job/clean', slot: '2026-01-01T00:00:00Z' } as const;
  const backup = { cluster: 'cluster/db', slot: slot.slot, milliseconds: 1 } as const;
  const newest = [
    fact(6, 'job.skipped', slot),
    fact(5, 'backup.taken', { ...backup, type: 'diff', label: 'b' }),
    fact(4, 'backup.failed', { ...backup, type: 'diff', reason: 'full' }),
    fact(3, 'backup.taken', { ...backup, type: 'full', label: 'a' }),
    fact(2, 'job.ended', { ...slot, outcome: 'ended', exitCode: 0, milliseconds: 1 }),
    fact(1, 'guardian.acted', { cluster: 'db', began: slot.slot, steps: [], milliseconds: 1 }),
  ];
  expect(firstOfEach(newest).map(({ seq }) => seq)).toEqual([6, 5, 3, 1]);
});
