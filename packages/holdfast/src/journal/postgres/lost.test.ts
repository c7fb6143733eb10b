import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stepDone, stepOf } from '../conformance/facts.ts';
import { otherProcess } from '../conformance/process.ts';
import type { Journal } from '../journal.ts';
import { currentOwner } from '../owner.ts';
import { openPostgresJournal } from './journal.ts';
import { type Cluster, hasPostgres, howToHavePostgres, startCluster } from './testing/cluster.ts';
import { type PostgresGround, postgresGround } from './testing/ground.ts';
import { type Fate, type Middleman, startMiddleman } from './testing/middleman.ts';

let cluster: Cluster;
beforeAll(async () => {
  if (hasPostgres) cluster = await startCluster();
});
afterAll(() => cluster?.[Symbol.asyncDispose]());

const steps = async (journal: Journal): Promise<string[]> => (await Array.fromAsync(journal.read())).map(stepOf);

/** The same journal, through the middleman. */
const through = ({ port }: Middleman, { url, stateFolder }: PostgresGround): Promise<Journal> =>
  openPostgresJournal(url.replace(`:${cluster.port}/`, `:${port}/`), { stateFolder });

/** Does so to the first piece that a client sends with these words in it. */
function once(middleman: Middleman, words: string, fate: Fate): () => boolean {
  let isDone = false;
  middleman.fate = sent => {
    if (isDone || !sent.includes(words)) return 'pass';
    isDone = true;
    return fate;
  };
  return () => isDone;
}

describe.skipIf(!hasPostgres)(hasPostgres ? 'a connection that is lost' : howToHavePostgres, () => {
  describe.each<[string, string, Fate]>([
    ['before the commit is sent', 'commit\0', 'lose'],
    ['after the commit is sent, and before it is answered', 'commit\0', 'lose the answer'],
    ['in the middle of the transaction', 'insert into', 'lose the answer'],
    ['before it', 'begin', 'lose'],
  ])('%s', (_, words, fate) => {
    test('loses no fact and doubles none', async () => {
      await using ground = await postgresGround(cluster);
      await using middleman = await startMiddleman(cluster.port);
      await using journal = await through(middleman, ground);
      await journal.append([stepDone('one')]);
      const wasLost = once(middleman, words, fate);
      await journal.append([stepDone('two'), stepDone('three')]);
      expect(wasLost()).toBe(true);
      await journal.append([stepDone('four')]);
      expect(await steps(journal)).toEqual(['one', 'two', 'three', 'four']);
      expect(await journal.verify()).toMatchObject({ whole: true, facts: 4 });
    });

    test('gives a lease to who asked for it, once', async () => {
      await using ground = await postgresGround(cluster);
      await using middleman = await startMiddleman(cluster.port);
      await using journal = await through(middleman, ground);
      const wasLost = once(middleman, words === 'insert into' ? 'for update' : words, fate);
      expect(await journal.leases.take('shop', currentOwner('test'), 60_000)).toEqual({ taken: true, token: 1 });
      expect(wasLost()).toBe(true);
      expect(await journal.leases.holds('shop', 1)).toBe(true);
    });

    test('takes a payload away, and says so once', async () => {
      await using ground = await postgresGround(cluster);
      await using middleman = await startMiddleman(cluster.port);
      await using journal = await through(middleman, ground);
      await journal.append([stepDone('one')]);
      const wasLost = once(middleman, words, fate);
      await journal.redact(1, 'why not');
      expect(wasLost()).toBe(true);
      expect(await journal.verify()).toMatchObject({ whole: true, facts: 2 });
    });
  });

  test('while facts are read is made again, and the reader misses none', async () => {
    await using ground = await postgresGround(cluster);
    await using middleman = await startMiddleman(cluster.port);
    await using journal = await through(middleman, ground);
    const all = Array.from({ length: 1_200 }, (_, at) => `step ${at}`);
    await journal.append(all.map(step => stepDone(step)));
    const read: string[] = [];
    for await (const fact of journal.read()) {
      if (fact.seq === 400) once(middleman, 'select', 'lose the answer');
      read.push(stepOf(fact));
    }
    expect(read).toEqual(all);
  });

  test('by a writer that falls silent in the middle of his turn: the others go on, and so does he when he wakes up', async () => {
    await using ground = await postgresGround(cluster);
    await using middleman = await startMiddleman(cluster.port);
    await using sleeper = await through(middleman, ground);
    await using other = await ground.journal();
    const isSilent = once(middleman, 'insert into', 'hold');
    const late = sleeper.append([stepDone('late')]);
    while (!isSilent()) await sleep(5);
    const since = performance.now();
    await other.append([stepDone('early')]);
    expect(performance.now() - since).toBeGreaterThan(5_000);
    await late;
    expect(await steps(other)).toEqual(['early', 'late']);
    expect(await other.verify()).toMatchObject({ whole: true, facts: 2 });
  });

  test('to a server killed with -9 again and again under writers: nothing that was acknowledged is lost, nothing is there twice', async () => {
    await using own = await startCluster();
    await using ground = await postgresGround(own);
    await (await ground.journal())[Symbol.asyncDispose]();
    const names = ['ada', 'bob', 'cyd'];
    const writers = names.map(name => otherProcess(ground.door, 'write', name, '500'));
    for (const lines of [20, 120, 250]) {
      await writers[0]?.hasSaid(lines);
      await own.kill();
      await own.start();
    }
    expect(await Promise.all(writers.map(writer => writer.done))).toEqual([0, 0, 0]);
    await using journal = await ground.journal();
    expect(await journal.verify()).toMatchObject({ whole: true, facts: 1_500 });
    const written = (await steps(journal)).sort();
    expect(written).toEqual(writers.flatMap(({ said }) => said).sort());
    expect(new Set(written).size).toBe(1_500);
  });

  test('for good is a problem that says where, and not with which password', async () => {
    await using own = await startCluster();
    await using ground = await postgresGround(own);
    await using journal = await ground.journal({ patience: 500 });
    await journal.append([stepDone('one')]);
    await own.kill();
    const gone = { name: 'Problem', exit: 3, parts: { where: expect.stringContaining(`@127.0.0.1:${own.port}/`) } };
    const asks = [() => journal.append([stepDone('two')]), () => journal.head(), () => journal.leases.holds('shop', 1)];
    for (const ask of asks) {
      const problem = await ask().catch(error => error);
      expect(problem).toMatchObject(gone);
      expect(JSON.stringify(problem)).not.toContain('eyes');
    }
    await own.start();
    await journal.append([stepDone('three')]);
    expect(await steps(journal)).toEqual(['one', 'three']);
  });

  test('to a follower is made again: he is told of what came meanwhile and of what comes', async () => {
    await using ground = await postgresGround(cluster);
    await using journal = await ground.journal({ every: 60_000 });
    await using other = await ground.journal();
    const enough = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const fact of journal.follow(0, enough.signal)) seen.push(stepOf(fact));
    })();
    const told = async (count: number): Promise<void> => {
      while (seen.length < count) await sleep(5);
    };
    await other.append([stepDone('one')]);
    await told(1);
    await cluster.query("select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%'");
    await other.append([stepDone('two')]);
    await told(2);
    await other.append([stepDone('three')]);
    await told(3);
    enough.abort();
    await following;
    expect(seen).toEqual(['one', 'two', 'three']);
  });
});
