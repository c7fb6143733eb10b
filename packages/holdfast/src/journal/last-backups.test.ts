import { expect, test } from 'vitest';
import type { StoredFact } from './fact.ts';
import { backupsIn } from './last-backups.ts';

const fact = (kind: string, minute: number, payload: object): StoredFact => ({
  ...{ format: 1, seq: minute, id: `f${minute}`, actor: 'agent', system: 'shop', environment: 'local' },
  at: `2026-11-29T10:0${minute}:00.000Z`,
  kind,
  payload: { cluster: 'cluster/db', ...payload },
});

const taken = (label: string, minute: number) => fact('backup.taken', minute, { label, type: 'full' });
const restored = (backup: string, minute: number, verdict = 'restored') =>
  fact('backup.restored', minute, { backup, verdict });

test.each([
  ['nobody restored it', [taken('B1', 1)], 'unproven', undefined],
  ['it was restored', [restored('B1', 2), taken('B1', 1)], 'proven', 'B1'],
  ['an older one was restored', [taken('B2', 3), restored('B1', 2), taken('B1', 1)], 'unproven', 'B1'],
  ['it can not be read', [restored('B1', 4), restored('B2', 3, 'unreadable'), taken('B2', 2)], 'unreadable', 'B1'],
  [
    'it was read once, and no more',
    [restored('B1', 3, 'unreadable'), restored('B1', 2), taken('B1', 1)],
    'unreadable',
    'B1',
  ],
])('the newest backup, where %s', (_, newest, state, proven) => {
  const [last, ...others] = backupsIn(newest);
  expect(others).toEqual([]);
  expect({ state: last?.state, proven: last?.proven?.label }).toEqual({ state, proven });
});

test('each database has its own', () => {
  const other = { ...taken('X1', 2), payload: { cluster: 'cluster/other', label: 'X1', type: 'full' } };
  const all = backupsIn([restored('B1', 3), other, taken('B1', 1)]);
  expect(all.map(({ cluster, state }) => [cluster, state])).toEqual([
    ['cluster/other', 'unproven'],
    ['cluster/db', 'proven'],
  ]);
});

test('a backup that went with the data of its environment is none', () => {
  const removed = (withData: boolean) => fact('environment.removed', 2, { withData });
  expect(backupsIn([removed(true), taken('B1', 1)])).toEqual([]);
  expect(backupsIn([removed(false), taken('B1', 1)])).toHaveLength(1);
  expect(backupsIn([taken('B2', 3), removed(true), taken('B1', 1)]).map(({ label }) => label)).toEqual(['B2']);
});
