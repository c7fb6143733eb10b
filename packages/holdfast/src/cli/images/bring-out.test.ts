import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BakeReport, FailedBake, SealOutcome } from '../../bake/story/bake-image.ts';
import { Problem } from '../../kit/problem.ts';
import type { Known } from '../../model/resource.ts';
import { readLayout } from '../../providers/oci/layout/read-layout.ts';
import { tinyBaked } from '../../providers/oci/testing/tiny-baked.ts';
import { bringOut } from './bring-out.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hf-out-'));
});
afterEach(() => rm(folder, { recursive: true }));

const { signal } = new AbortController();

const orderOf = (name: string) => {
  const spec = { source: { from: 'archive', path: 'a.tar' }, inputs: name } as const;
  const image: Known<'image'> = { kind: 'image', name, engine: 'default', needs: [], spec };
  return { image, inputs: name, checks: [] };
};

const reportOf = async (name: string, seal?: SealOutcome): Promise<BakeReport> => ({
  order: orderOf(name),
  image: await tinyBaked(folder, name),
  kept: false,
  contacted: [],
  milliseconds: 1,
  ...(seal && { seal }),
});

test('what was baked goes out; what was refused, or was not baked, stays', async () => {
  const good = await reportOf('good');
  const refused = await reportOf('refused', { outcome: 'refused', failed: [], other: [] });
  const failed: FailedBake = { order: orderOf('failed'), problem: new Problem({ what: 'no' }) };
  const out = join(folder, 'out');
  const brought = await bringOut([refused, failed, good], [{ kind: 'oci', folder: out }], [], signal);
  expect(brought).toEqual([{ image: 'good', as: `oci:${out}:good` }]);
  expect((await readLayout(out, 'good', signal)).digest).toBe(good.image.digest);
});

test('a place that can’t be reached keeps nothing from the others', async () => {
  const report = await reportOf('web');
  // Port 9 is nobody's.
  const to = [
    { kind: 'registry', host: '127.0.0.1:9', path: 'Team' },
    { kind: 'oci', folder: join(folder, 'out') },
  ] as const;
  const [first, second] = await bringOut([report], to, [], signal);
  expect(first).toMatchObject({ image: 'web', problem: { exit: 2 } });
  expect(second).toMatchObject({ as: expect.stringContaining('oci:') });
});

test('a wish to stop stops all', async () => {
  const stopped = AbortSignal.abort(new Error('stopped'));
  const to = [{ kind: 'oci', folder: join(folder, 'out') }] as const;
  await expect(bringOut([await reportOf('web')], to, [], stopped)).rejects.toThrow('stopped');
});
