import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkbench, type Workbench } from '../testing/workbench.ts';
import { dockerVolumes } from '../volume.ts';
import { fenced } from './fenced.ts';

let bench: Workbench;

beforeAll(async () => {
  bench = await openWorkbench('fenced');
});

afterAll(() => bench[Symbol.asyncDispose]());

test('an engine behind a fence that holds does as it is asked', async () => {
  const volumes = dockerVolumes(
    fenced(bench.host, async () => true),
    bench.scope,
  );
  const desired = bench.desire('volume', 'kept', {});
  expect(await volumes.ensure(desired, undefined, AbortSignal.timeout(10_000))).toMatchObject({ name: desired.name });
});

test('behind one that no longer holds it is asked for no change, and still looked at', async () => {
  const volumes = dockerVolumes(
    fenced(bench.host, async () => false),
    bench.scope,
  );
  const desired = bench.desire('volume', 'never', {});
  await expect(volumes.ensure(desired, undefined, AbortSignal.timeout(10_000))).rejects.toThrow(/no further change/);
  const seen = await volumes.observe(bench.scope);
  expect(seen.map(({ name }) => name)).not.toContain(desired.name);
});

test('one that fails to say whether it holds stops the change', async () => {
  const failing = fenced(bench.host, () => Promise.reject(new Error('the journal is gone')));
  const volumes = dockerVolumes(failing, bench.scope);
  const asked = volumes.ensure(bench.desire('volume', 'never', {}), undefined, AbortSignal.timeout(10_000));
  await expect(asked).rejects.toThrow(/the journal is gone/);
});
