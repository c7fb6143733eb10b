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

test.each([
  ['fails', (): Promise<boolean> => Promise.reject(new Error('the journal is gone'))],
  [
    'throws',
    (): Promise<boolean> => {
      throw new Error('the journal is gone');
    },
  ],
])('one that %s where it should say whether it holds stops the change', async (_, fails) => {
  const volumes = dockerVolumes(fenced(bench.host, fails), bench.scope);
  const asked = volumes.ensure(bench.desire('volume', 'never', {}), undefined, AbortSignal.timeout(10_000));
  await expect(asked).rejects.toThrow(/the journal is gone/);
});

test('what throws while the engine is asked fails the request, once', async () => {
  const modem = {
    dial: (_: object, callback: (error: unknown) => void) => {
      callback(new Error('the first word'));
      throw new Error('the second word');
    },
  };
  const broken = fenced(
    { ...bench.host, docker: Object.create(bench.host.docker, { modem: { value: modem } }) },
    async () => true,
  );
  const words: string[] = [];
  broken.docker.modem.dial({ method: 'POST', path: '/' }, (error: unknown) => words.push(String(error)));
  await new Promise(resolve => setImmediate(resolve));
  expect(words).toEqual(['Error: the first word']);
});
