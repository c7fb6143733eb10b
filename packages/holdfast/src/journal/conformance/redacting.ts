import { expect, test } from 'vitest';
import { isFact } from '../fact.ts';
import { stepDone } from './facts.ts';
import type { OpenGround } from './journal.ts';

export function redacting(open: OpenGround): void {
  test('a redacted payload is gone, says why, and the chain stays whole', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    await journal.append([stepDone('one'), stepDone('held a name', { release: 'r1' }), stepDone('three')]);
    await journal.redact(2, 'a person asked for it');
    const facts = await Array.fromAsync(journal.read());
    expect(facts[1]).toMatchObject({ seq: 2, payload: null, redacted: 'a person asked for it' });
    expect(facts.map(fact => isFact(fact, 'step.done'))).toEqual([true, false, true, false]);
    expect(await journal.verify()).toMatchObject({ whole: true, facts: 4 });
  });

  test('a redaction is a fact itself, beside the fact that it took from', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    await journal.append([stepDone('one', { environment: 'staging', release: 'r1' })]);
    await journal.redact(1, 'why not');
    const [note] = await Array.fromAsync(journal.read({ kinds: ['fact.redacted'] }));
    expect(note).toMatchObject({ environment: 'staging', release: 'r1', payload: { seq: 1, reason: 'why not' } });
  });

  test('redacting once more changes nothing', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    await journal.append([stepDone('one')]);
    await journal.redact(1, 'first');
    await journal.redact(1, 'second');
    expect(await journal.head()).toBe(2);
    expect((await Array.fromAsync(journal.read()))[0]?.redacted).toBe('first');
  });

  test('a fact that is not there and a redaction are refused', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    await journal.append([stepDone('one')]);
    await journal.redact(1, 'x');
    await expect(journal.redact(9, 'x')).rejects.toMatchObject({ name: 'Problem', exit: 2 });
    await expect(journal.redact(2, 'x')).rejects.toMatchObject({ name: 'Problem', exit: 2 });
    expect(await journal.verify()).toMatchObject({ whole: true, facts: 2 });
  });
}
