import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { currentOwner, isDead } from './owner.ts';

const me = currentOwner('test');

test('a process that runs is not dead', () => {
  expect(me).toMatchObject({ pid: process.pid, doing: 'test' });
  expect(me.started).not.toBe('');
  expect(isDead(me)).toBe(false);
});

test('a process that ended is dead', async () => {
  const ended = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(ended, 'close');
  expect(isDead({ ...me, pid: ended.pid ?? 0 })).toBe(true);
});

test('a pid used again by a later process does not stand for the earlier one', () => {
  expect(isDead({ ...me, started: '1' })).toBe(true);
});

test('nothing is said of a process of another machine, another boot, or where the boot is not known', () => {
  const gone = { ...me, pid: 2 ** 22 + 1 };
  expect(isDead(gone)).toBe(true);
  expect(isDead({ ...gone, host: 'elsewhere' })).toBe(false);
  expect(isDead({ ...gone, boot: 'another' })).toBe(false);
  expect(isDead({ ...gone, boot: '' })).toBe(false);
});

test.runIf(process.platform === 'linux')('a process that ended and that nobody has reaped is dead', async () => {
  // The second `sleep` takes the shell's place, and never asks how the first one ended.
  const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [said] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(said.toString());
  while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) await new Promise(setImmediate);
  expect(isDead({ ...me, pid, started: '' })).toBe(true);
  parent.kill('SIGKILL');
});
