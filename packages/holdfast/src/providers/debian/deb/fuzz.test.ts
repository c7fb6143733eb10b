import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));

const script = join(import.meta.dirname, 'testing/fuzz.ts');
/** Set to 100000 for the whole of it, which takes a minute. */
const runs = Number(process.env.HOLDFAST_FUZZ ?? 2000);

test('hostile archives end as sound entries or as a Problem, and write nowhere else', { timeout: 600_000 }, () => {
  const allowed = ['--permission', '--allow-fs-read=*', `--allow-fs-write=${folder}`];
  const told = JSON.parse(
    execFileSync(process.execPath, [...allowed, script, folder, `${runs}`], { encoding: 'utf8' }),
  );
  expect(told.runs).toBe(runs);
  expect(told.sound).toBeGreaterThan(runs / 20);
  expect(told.refused).toBeGreaterThan(runs / 2);
  expect(told.reasons).toBeGreaterThan(40);
  expect(told.slowest).toBeLessThan(5000);
});
