import { describe, expect, test } from 'vitest';
import type { ProbeSpec } from '../../model/spec/service-spec.ts';
import type { Instances } from '../../ports/instances.ts';
import type { ProbeAnswer } from '../../ports/prober.ts';
import type { Seen } from '../../ports/provider.ts';
import { gate } from './gate.ts';

const instance: Seen = {
  kind: 'instance',
  engine: 'local',
  id: '1',
  name: 'db-2',
  state: { running: true },
  about: '',
};
const instances = { look: async () => instance, logs: async function* () {} } as unknown as Instances;
const probe: ProbeSpec = {
  type: 'command',
  command: ['sh', 'health'],
  timing: { interval: 1, timeout: 1_000, within: 1_000 },
};

/** An instance that gives these answers, one every so many milliseconds, and the last one again and again. */
async function waitedFor(answers: readonly Omit<ProbeAnswer, 'milliseconds'>[], every: number) {
  let now = 0;
  let asked = 0;
  await gate(instance, 'instance/db-2.1', probe, {
    instances,
    clock: () => now,
    signal: new AbortController().signal,
    prober: async () => {
      now += every;
      const answer = answers[Math.min(asked++, answers.length - 1)] ?? { ok: false, answer: '' };
      return { ...answer, milliseconds: every };
    },
  });
  return { asked, took: now };
}

describe('an instance is waited for', () => {
  const no = { ok: false, answer: 'exit code 1' };
  const further = { ok: false, answer: 'exit code 75: copies the data', advances: true };
  const yes = { ok: true, answer: 'exit code 0' };

  test('until it is well', async () => {
    expect(await waitedFor([no, no, yes], 300)).toEqual({ asked: 3, took: 900 });
  });

  test('no longer than it may take', async () => {
    await expect(waitedFor([no], 300)).rejects.toMatchObject({
      parts: { why: 'no good answer within 1.0s: sh health → exit code 1' },
    });
  });

  test('and longer as long as it comes further', async () => {
    expect(await waitedFor([no, further, no, further, further, no, no, yes], 300)).toEqual({ asked: 8, took: 2_400 });
    await expect(waitedFor([further], 3_600_000)).rejects.toThrow(/never became healthy/);
    await expect(waitedFor([further, further, no], 300)).rejects.toThrow(/never became healthy/);
  });
});
