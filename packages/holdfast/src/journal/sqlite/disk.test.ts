import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stepDone } from '../conformance/facts.ts';
import type { Journal } from '../journal.ts';
import { sqliteGround } from './ground.fixture.ts';

/** Mounts a small file system of its own; undefined where this user can't. */
function smallDisk(at: string, options: string): AsyncDisposable | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'holdfast-journal-test', at], { stdio: 'ignore' });
    return { [Symbol.asyncDispose]: async () => void execFileSync('umount', [at]) };
  } catch {
    return undefined;
  }
}

describe('a disk of its own', () => {
  test('that is full refuses facts with a problem; with space again the journal is whole and goes on', async context => {
    await using ground = await sqliteGround();
    await mkdir(dirname(ground.path));
    await using disk = smallDisk(dirname(ground.path), 'size=512k');
    if (!disk) return context.skip('only root can mount a small disk');
    const ballast = join(dirname(ground.path), 'ballast');
    await writeFile(ballast, Buffer.alloc(150_000));
    await using journal = await ground.journal();
    const written = await untilFull(journal);
    expect(written.problem).toMatchObject({ name: 'Problem', exit: 3, message: expect.stringContaining('full') });
    expect(await journal.verify()).toMatchObject({ whole: true, facts: written.facts });
    await rm(ballast);
    await journal.append([stepDone('after')]);
    expect(await journal.verify()).toMatchObject({ whole: true, facts: written.facts + 1 });
  });

  test('that can only be read is a problem that says so', async context => {
    await using ground = await sqliteGround();
    await mkdir(dirname(ground.path));
    await using disk = smallDisk(dirname(ground.path), 'size=512k,ro');
    if (!disk) return context.skip('only root can mount a small disk');
    await expect(ground.journal()).rejects.toMatchObject({ exit: 3, message: expect.stringContaining('written') });
  });
});

async function untilFull(journal: Journal): Promise<{ facts: number; problem: unknown }> {
  for (let facts = 0; facts < 1_000; facts++) {
    try {
      await journal.append([stepDone('x'.repeat(2_000))]);
    } catch (problem) {
      return { facts, problem };
    }
  }
  throw new Error('the disk never filled');
}
