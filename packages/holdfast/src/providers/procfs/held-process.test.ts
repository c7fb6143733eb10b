import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { holdProcess } from './held-process.ts';

const lastPid = '/proc/sys/kernel/ns_last_pid';

/** Only root can have the kernel give a number again before it has given all others. */
const canChoose = (() => {
  try {
    accessSync(lastPid, constants.W_OK);
    return true;
  } catch {
    return false;
  }
})();

describe.runIf(process.platform === 'linux')('a process that is held', () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  function sleeper(): ChildProcess & { readonly pid: number } {
    const child = spawn('sleep', ['1000']);
    children.push(child);
    return child as ChildProcess & { readonly pid: number };
  }

  async function end(child: ChildProcess): Promise<void> {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  test('tells of itself while it runs, and nothing after', async () => {
    const child = sleeper();
    await using held = await holdProcess(child.pid);
    expect(await held.isAlive()).toBe(true);
    await end(child);
    expect(await held.isAlive()).toBe(false);
    await expect(held.read('stat')).rejects.toThrow(/ESRCH|ENOENT/);
  });

  test.runIf(canChoose)('is never another one that got its number', async () => {
    const child = sleeper();
    await using held = await holdProcess(child.pid);
    await end(child);
    const next = await withNumber(child.pid);
    expect(next.pid).toBe(child.pid);
    await expect(held.read('cmdline')).rejects.toThrow(/ESRCH|ENOENT/);
    expect(await held.isAlive()).toBe(false);
    await using other = await holdProcess(next.pid);
    expect(await other.isAlive()).toBe(true);
  });

  /** Another process of the machine may be faster. */
  async function withNumber(pid: number): Promise<ChildProcess & { readonly pid: number }> {
    for (let attempt = 0; ; attempt += 1) {
      writeFileSync(lastPid, String(pid - 1));
      const child = sleeper();
      if (child.pid === pid || attempt === 200) return child;
      await end(child);
    }
  }
});
