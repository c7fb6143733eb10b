import { expect, test } from 'vitest';
import type { FactDraft } from '../fact.ts';
import { stepDone, stepOf } from './facts.ts';
import type { OpenGround } from './journal.ts';
import { otherProcess } from './process.ts';

const steps = (name: string, count: number): FactDraft[] =>
  Array.from({ length: count }, (_, at) => stepDone(`${name} ${at + 1}`));

export function appending(open: OpenGround): void {
  test('a fact is there, in a whole envelope, when append resolves', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    const before = new Date().toISOString();
    await journal.append([stepDone('create web', { release: 'r1' })]);
    const [fact] = await Array.fromAsync(journal.read());
    expect(fact).toEqual({
      format: 1,
      seq: 1,
      id: expect.stringMatching(/^\w{12}$/),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
      actor: expect.stringContaining('@'),
      system: 'shop',
      environment: 'local',
      release: 'r1',
      kind: 'step.done',
      payload: { step: 'create web', milliseconds: 1 },
    });
    expect(fact?.at && fact.at >= before).toBe(true);
  });

  test('an empty journal is whole, and so is one that was given nothing', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    await journal.append([]);
    expect(await journal.head()).toBe(0);
    expect(await journal.verify()).toMatchObject({ whole: true, facts: 0, signedBy: [] });
  });

  test('what is appended at once stands together, in order, without a gap', async () => {
    await using ground = await open();
    await using one = await ground.journal();
    await using two = await ground.journal();
    await Promise.all([one, two, one, two].map((journal, at) => journal.append(steps(`${at}`, 300))));
    const facts = await Array.fromAsync(one.read());
    expect(facts.map(fact => fact.seq)).toEqual(Array.from({ length: 1_200 }, (_, at) => at + 1));
    for (let start = 0; start < 1_200; start += 300) {
      const name = stepOf(facts[start] as (typeof facts)[number]).split(' ')[0];
      expect(facts.slice(start, start + 300).map(stepOf)).toEqual(steps(`${name}`, 300).map(stepOfDraft));
    }
  });

  test('many appends of one turn keep their order', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    await Promise.all(steps('one', 500).map(fact => journal.append([fact])));
    expect((await Array.fromAsync(journal.read())).map(stepOf)).toEqual(steps('one', 500).map(stepOfDraft));
  });

  test('a draft that changes after append was called is recorded as it was', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    const payload = { step: 'before', milliseconds: 1 };
    const appended = journal.append([{ ...stepDone(''), payload } as FactDraft]);
    payload.step = 'after';
    await appended;
    expect((await Array.fromAsync(journal.read())).map(stepOf)).toEqual(['before']);
  });

  test('facts are there after the journal was closed and opened again, and the chain goes on', async () => {
    await using ground = await open();
    for (const step of ['first', 'second']) {
      await using journal = await ground.journal();
      await journal.append([stepDone(step)]);
    }
    await using journal = await ground.journal();
    expect((await Array.fromAsync(journal.read())).map(stepOf)).toEqual(['first', 'second']);
    expect(await journal.verify()).toMatchObject({ whole: true, facts: 2 });
  });

  test('closing waits for what is being appended', async () => {
    await using ground = await open();
    const journal = await ground.journal();
    const appended = journal.append(steps('late', 3));
    await journal[Symbol.asyncDispose]();
    await appended;
    await using again = await ground.journal();
    expect(await again.head()).toBe(3);
  });

  test('several processes write at once: one whole chain, with all of theirs in their order', async () => {
    await using ground = await open();
    const writers = ['ada', 'bob', 'cyd', 'dan'].map(name => otherProcess(ground.door, 'write', name, '150'));
    expect(await Promise.all(writers.map(writer => writer.done))).toEqual([0, 0, 0, 0]);
    await using journal = await ground.journal();
    expect(await journal.verify()).toMatchObject({ whole: true, facts: 600 });
    const written = (await Array.fromAsync(journal.read())).map(stepOf);
    for (const name of ['ada', 'bob', 'cyd', 'dan'])
      expect(written.filter(step => step.startsWith(name))).toEqual(steps(name, 150).map(stepOfDraft));
  });

  test('what a process killed with -9 had been told to be durable is there, and the chain is whole', async () => {
    await using ground = await open();
    for (const lines of [1, 40, 200]) {
      await using writer = otherProcess(ground.door, 'write', `after-${lines}`, '1000000');
      await writer.hasSaid(lines);
      await writer.kill();
      await using journal = await ground.journal();
      const written = new Set((await Array.fromAsync(journal.read())).map(stepOf));
      expect(writer.said.filter(step => !written.has(step))).toEqual([]);
      expect(await journal.verify()).toMatchObject({ whole: true });
    }
  });
}

const stepOfDraft = (draft: FactDraft): string => (draft.payload as { step: string }).step;
