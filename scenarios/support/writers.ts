import { strict as assert } from 'node:assert';
import type { JournalGround } from '../../packages/holdfast/src/journal/conformance/journal.ts';
import { type OtherProcess, otherProcess } from '../../packages/holdfast/src/journal/conformance/process.ts';
import type { StoredFact } from '../../packages/holdfast/src/journal/fact.ts';
import type { Journal } from '../../packages/holdfast/src/journal/journal.ts';
import {
  type Cluster,
  hasPostgres,
  howToHavePostgres,
  startCluster,
} from '../../packages/holdfast/src/journal/postgres/testing/cluster.ts';
import { postgresGround } from '../../packages/holdfast/src/journal/postgres/testing/ground.ts';
import { sqliteGround } from '../../packages/holdfast/src/journal/sqlite/ground.fixture.ts';
import type { Telling } from '../harness.ts';

export type StoreName = 'SQLite' | 'PostgreSQL';

/** How many facts a process has under way at a time: an `up` has about as many. */
const atOnce = 64;

/** A server of its own for one story. */
export async function ownCluster({ after }: Telling): Promise<Cluster> {
  if (!hasPostgres) throw new Error(howToHavePostgres);
  const cluster = await startCluster();
  after(() => cluster[Symbol.asyncDispose]());
  return cluster;
}

export const groundOf = async (store: StoreName, telling: Telling): Promise<JournalGround> =>
  store === 'SQLite' ? sqliteGround() : postgresGround(await ownCluster(telling));

const nameOf = (writer: number): string => `writer${writer}`;

/** Processes that append so many facts together, from this moment on. */
export const beginWriting = ({ door }: JournalGround, writers: number, facts: number): readonly OtherProcess[] =>
  Array.from({ length: writers }, (_, at) =>
    otherProcess(door, 'write', nameOf(at), String(facts / writers), String(atOnce)),
  );

export async function untilWritten(writers: readonly OtherProcess[]): Promise<void> {
  const codes = await Promise.all(writers.map(({ done }) => done));
  assert.ok(
    codes.every(code => code === 0),
    `they ended with ${codes}`,
  );
}

/** One whole chain with all that was acknowledged in it, each once, and each writer's in his order. */
export async function assertOneChain(journal: Journal, writers: readonly OtherProcess[], facts: number): Promise<void> {
  const verified = await journal.verify();
  assert.deepEqual({ whole: verified.whole, facts: verified.facts }, { whole: true, facts });
  const next = writers.map(() => 1);
  for await (const fact of journal.read()) {
    const [name, number] = stepOf(fact).split(' ');
    const writer = Number(name?.replace('writer', ''));
    assert.equal(Number(number), next[writer], `fact ${fact.seq} of ${name}`);
    next[writer] = Number(number) + 1;
  }
  assert.deepEqual(
    next.map(after => after - 1),
    writers.map(({ said }) => said.length),
  );
}

const stepOf = ({ payload }: StoredFact): string => (payload as { step: string }).step;

/** From the first fact to the last, without the time that processes take to start. */
export async function rateOf(journal: Journal, facts: number): Promise<string> {
  const [first] = await Array.fromAsync(journal.envelopes({ limit: 1 }));
  const [last] = await Array.fromAsync(journal.envelopes({ limit: 1, newestFirst: true }));
  const seconds = (Date.parse(last?.at ?? '') - Date.parse(first?.at ?? '')) / 1_000;
  return `${facts} facts in ${seconds.toFixed(1)} s: ${Math.round(facts / seconds)} a second`;
}
