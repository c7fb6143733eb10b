import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { FactQuery } from '../journal.ts';
import { journalIdOf } from './schema.ts';
import { selectFacts } from './select.ts';

const database = new DatabaseSync(':memory:');
journalIdOf(database, 'memory');

function planOf(query: FactQuery): string {
  const { sql, values } = selectFacts('*', query);
  return database
    .prepare(`explain query plan ${sql}`)
    .all(...values)
    .map(row => row.detail)
    .join('\n');
}

const scope = { system: 'shop', environment: 'local' };

test.each<[string, FactQuery, RegExp]>([
  [
    'the kinds of an environment',
    { ...scope, kinds: ['a', 'b', 'c'], after: 4 },
    /MERGE[\s\S]*facts_by_kind \(kind=\? AND environment=\? AND system=\? AND rowid>\?/,
  ],
  [
    'the newest of a kind',
    { ...scope, kinds: ['a'], newestFirst: true },
    /facts_by_kind \(kind=\? AND environment=\? AND system=\?/,
  ],
  [
    "a release's facts",
    { ...scope, release: 'r1', kinds: ['a', 'b'], after: 4 },
    /facts_by_release \(release=\? AND rowid>\?/,
  ],
  ['a page of all', { after: 4, before: 9 }, /PRIMARY KEY \(rowid>\? AND rowid<\?/],
  ['a page of an environment', { ...scope, after: 4 }, /PRIMARY KEY \(rowid>\?/],
])('%s are found along an index, without sorting', (_, query, way) => {
  expect(planOf(query)).toMatch(way);
  expect(planOf(query)).not.toMatch(/SCAN|TEMP B-TREE/);
});
