import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../../kit/hash.ts';
import { randomId } from '../../../kit/id.ts';
import type { Scope } from '../../../model/identity.ts';
import type { BakedImage } from '../../../ports/baked-image.ts';
import { type ProviderBench, providerConformance } from '../../../ports/conformance/provider.ts';
import type { ImageDesire } from '../../../ports/desires.ts';
import type { Desired } from '../../../ports/provider.ts';
import { unlessGone } from '../host/calls.ts';
import { tinyBaked } from '../testing/tiny-baked.ts';
import { takeInTinyImage } from '../testing/tiny-image.ts';
import { openWorkbench, sleeper, tinySources, type Workbench } from '../testing/workbench.ts';
import { dockerImages } from './provider.ts';
import { nameAndTag } from './reference.ts';
import type { DockerImageState } from './seen.ts';
import { loadImage } from './transfer/load.ts';

const signal = new AbortController().signal;
const recipe: ImageDesire['source'] = {
  from: 'recipe',
  base: { suite: 'bookworm', set: 'essential', packages: [], exclude: [] },
  steps: [],
  config: { env: {}, labels: {}, ports: [] },
};

/** A provider to which everything was baked already. */
const providerOf = (bench: Workbench, bake: (inputs: string) => Promise<BakedImage>, scope: Scope = bench.scope) =>
  dockerImages(bench.host, scope, tinySources, () => {}, { find: bake, bake: (_, inputs) => bake(inputs) });

function desired(bench: Workbench, name = 'web', { system, environment }: Scope = bench.scope) {
  const inputs = sha256(randomId());
  const reference = `holdfast/${system}/${environment}/${name}:${inputs.slice(0, 12)}`;
  return bench.desire<ImageDesire>('image', name, { source: recipe, inputs, reference });
}

async function open(part: string) {
  const bench = await openWorkbench(part);
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-baked-'));
  const close = async () => {
    await bench[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  };
  return { bench, folder, close };
}

async function conforming(): Promise<ProviderBench<ImageDesire, DockerImageState>> {
  const { bench, folder, close } = await open('bakedconf');
  const { docker } = bench.host;
  const bake = (inputs: string) => tinyBaked(folder, bench.scope.system, inputs);
  const elsewhere = providerOf(bench, bake, bench.elsewhere);
  const moved = (wanted: Desired<ImageDesire>): Desired<ImageDesire> => ({
    ...wanted,
    spec: { ...wanted.spec, reference: wanted.spec.reference.replace('/test/', '/other/') },
  });
  return {
    provider: providerOf(bench, bake),
    scope: bench.scope,
    elsewhere: {
      provider: { ...elsewhere, ensure: (wanted, ...rest) => elsewhere.ensure(moved(wanted), ...rest) },
      scope: bench.elsewhere,
    },
    desired: () => desired(bench),
    stranger: async () => {
      const reference = `${bench.handMade(randomId())}:1`;
      await takeInTinyImage(docker, reference);
      return (await docker.getImage(reference).inspect()).Id;
    },
    crashes: {},
    drifts: {
      'untagged by hand': { inflict: (_, { spec }) => docker.getImage(spec.reference).remove(), aspect: 'tag' },
      'tagged away by hand': {
        inflict: (_, { spec }) => docker.getImage(bench.image).tag(nameAndTag(spec.reference)),
        aspect: 'tag',
      },
      'deleted by hand': { inflict: ({ id }) => docker.getImage(id).remove({ force: true }) },
    },
    [Symbol.asyncDispose]: close,
  };
}

providerConformance('the baked image of Docker', conforming);

describe('images that were baked', () => {
  let ground: Awaited<ReturnType<typeof open>>;
  let bench: Workbench;
  let image: BakedImage;
  beforeAll(async () => {
    ground = await open('baked');
    bench = ground.bench;
    image = await tinyBaked(ground.folder, bench.scope.system, 'one');
  });
  afterAll(() => ground.close());

  const loaded = (tag: string) => bench.host.docker.getImage(tag).inspect();
  const theirs = (provider: ReturnType<typeof providerOf>, scope: Scope, uid: string) =>
    provider.observe(scope).then(all => all.filter(({ birth }) => birth?.uid === uid));

  test('one is loaded as it was baked, and runs', async () => {
    const wanted = desired(bench);
    const provider = providerOf(bench, async () => image);
    const seen = await provider.ensure(wanted, undefined, signal);
    expect(seen).toMatchObject({
      id: image.configDigest,
      name: wanted.spec.reference,
      state: { inputs: wanted.spec.inputs },
    });
    expect(seen.birth).toEqual({ uid: wanted.uid, bornAs: 'image/web' });
    expect(provider.differences(wanted, seen)).toEqual([]);
    const { instances } = bench.providers();
    const instance = await instances.ensure(
      bench.desire('instance', 'web.1', sleeper(wanted.spec.reference)),
      undefined,
      signal,
    );
    expect(await bench.inside.get(instance, '/etc/words')).toBe('one');
    await expect(provider.remove(seen, signal)).rejects.toThrow(/can't be removed: .*web-1.* runs on it/);
    expect(await theirs(provider, bench.scope, wanted.uid)).toEqual([seen]);
    await instances.remove(instance, signal);
    await provider.remove(seen, signal);
    await expect(loaded(image.configDigest)).rejects.toThrow(/no such image/i);
  });

  test('the same one is there once for each name and environment, and goes with the last', async () => {
    const [here, there] = [providerOf(bench, async () => image), providerOf(bench, async () => image, bench.elsewhere)];
    const [web, worker, other] = [desired(bench), desired(bench, 'worker'), desired(bench, 'web', bench.elsewhere)];
    const [first, second] = [await here.ensure(web, undefined, signal), await here.ensure(worker, undefined, signal)];
    const third = await there.ensure(other, undefined, signal);
    expect([second.id, third.id]).toEqual([first.id, first.id]);
    const all = (await here.observe(bench.scope)).filter(({ id }) => id === first.id);
    expect(all.map(({ birth, owner }) => birth?.bornAs ?? owner?.environment).toSorted()).toEqual([
      'image/web',
      'image/worker',
      'other',
    ]);
    await here.remove(first, signal);
    expect(here.differences(worker, (await theirs(here, bench.scope, worker.uid))[0] ?? first)).toEqual([]);
    expect(await theirs(here, bench.scope, web.uid)).toEqual([]);
    await here.remove(second, signal);
    expect(await theirs(there, bench.elsewhere, other.uid)).toHaveLength(1);
    await there.remove((await theirs(there, bench.elsewhere, other.uid))[0] ?? third, signal);
    await expect(loaded(image.configDigest)).rejects.toThrow(/no such image/i);
  });

  test('a sealed image of a Dockerfile is loaded in place of being built', async () => {
    const wanted = desired(bench);
    const spec = {
      ...wanted.spec,
      source: { from: 'dockerfile', context: '.', dockerfile: 'Dockerfile', args: {} },
    } as const;
    const seen = await providerOf(bench, async () => image).ensure({ ...wanted, spec }, undefined, signal);
    expect(seen.id).toBe(image.configDigest);
  });

  test('other inputs are told by the tag alone', async () => {
    const provider = providerOf(bench, async () => image);
    const wanted = desired(bench);
    const seen = await provider.ensure(wanted, undefined, signal);
    const spec = { ...wanted.spec, inputs: `${wanted.spec.inputs.slice(0, 63)}x` };
    expect(provider.differences({ ...wanted, spec }, seen)).toMatchObject([{ aspect: 'sources', mend: 'replace' }]);
  });

  test('a load leaves out what the engine has, and brings it where it has gone meanwhile', async () => {
    const tag = (name: string) => `holdfast/${bench.scope.system}/test/${name}:1`;
    const lower = await tinyBaked(ground.folder, `${bench.scope.system} thin`, 'lower');
    const upper = await tinyBaked(ground.folder, `${bench.scope.system} thin`, 'upper');
    const [base, top] = upper.layers;
    if (!(base && top)) throw new Error('it has two layers');
    const withoutBase = { ...upper, layers: [{ ...base, file: '/nowhere' }, top] };
    await expect(loadImage(bench.host, withoutBase, [tag('upper')], signal)).rejects.toThrow(/nowhere/);
    await expect(loaded(tag('upper'))).rejects.toThrow(/no such image/i);
    await loadImage(bench.host, lower, [tag('lower')], signal);
    await loadImage(bench.host, withoutBase, [tag('upper')], signal);
    expect((await loaded(tag('upper'))).Id).toBe(upper.configDigest);
    await loadImage({ ...bench.host, sharesLayers: false }, upper, [tag('whole')], signal);
    expect((await loaded(tag('whole'))).Id).toBe(upper.configDigest);
  });

  test('an image that somebody is just removing is gone, not a fault', async () => {
    const brief = await tinyBaked(ground.folder, `${bench.scope.system} brief`, 'brief');
    const image = bench.host.docker.getImage(brief.configDigest);
    const untilGone = async (): Promise<void> => {
      while (await unlessGone(() => image.inspect()));
    };
    for (const _ of Array(8)) {
      await loadImage(bench.host, brief, [`holdfast/${bench.scope.system}/test/brief:1`], signal);
      await Promise.all([untilGone(), untilGone(), untilGone(), image.remove()]);
    }
  });

  test('a layer that is not what its digest says is refused, and nothing is tagged', async () => {
    const made = await tinyBaked(ground.folder, `${bench.scope.system} wrong`, 'right');
    const other = await tinyBaked(ground.folder, `${bench.scope.system} wrong`, 'wrong');
    const [base, top] = made.layers;
    const [, wrong] = other.layers;
    if (!(base && top && wrong)) throw new Error('they have two layers');
    const layers = [base, { ...top, file: wrong.file, size: wrong.size }];
    const wanted = desired(bench);
    const provider = providerOf(bench, async () => ({ ...made, layers }));
    await expect(provider.ensure(wanted, undefined, signal)).rejects.toMatchObject({
      parts: { what: expect.stringContaining("can't be baked"), why: expect.stringContaining('invalid diffID') },
    });
    await expect(loaded(wanted.spec.reference)).rejects.toThrow(/no such image/i);
    expect(await theirs(provider, bench.scope, wanted.uid)).toEqual([]);
  });
});
