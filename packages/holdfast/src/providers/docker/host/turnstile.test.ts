import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { turnstile } from './turnstile.ts';

/** Works that write down when they begin and end. */
function diary() {
  const lines: string[] = [];
  const work =
    (name: string, milliseconds = 10) =>
    async () => {
      lines.push(`${name} in`);
      await sleep(milliseconds);
      lines.push(`${name} out`);
      return name;
    };
  return { lines, work };
}

test('many go through together, and one alone when they are out', async () => {
  const { lines, work } = diary();
  const gate = turnstile(1_000);
  await Promise.all([
    gate.together(work('a', 20)),
    gate.together(work('b')),
    gate.alone(work('c')),
    gate.alone(work('d')),
  ]);
  expect(lines).toEqual(['a in', 'b in', 'b out', 'a out', 'c in', 'c out', 'd in', 'd out']);
});

test('who comes after one that is alone waits for it', async () => {
  const { lines, work } = diary();
  const gate = turnstile(1_000);
  await Promise.all([gate.alone(work('a')), gate.together(work('b')), gate.together(work('c'))]);
  expect(lines.slice(0, 2)).toEqual(['a in', 'a out']);
  expect(lines.slice(2, 4)).toEqual(['b in', 'c in']);
});

test('one that takes longer than the patience holds nobody up', async () => {
  const { lines, work } = diary();
  const gate = turnstile(10);
  await Promise.all([gate.alone(work('slow', 100)), gate.alone(work('next')), gate.together(work('last'))]);
  expect(lines.at(-1)).toBe('slow out');
});

test('one that fails, fails for its caller alone', async () => {
  const { work } = diary();
  const gate = turnstile(1_000);
  const failing = gate.alone(() => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  await expect(gate.together(() => Promise.reject(new Error('nor this')))).rejects.toThrow('nor this');
  expect(await gate.alone(work('a'))).toBe('a');
});
