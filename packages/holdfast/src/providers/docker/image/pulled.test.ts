import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImageDesire } from '../../../ports/desires.ts';
import { linesOf } from '../lines.ts';
import { openTinyRegistry } from '../testing/tiny-registry.ts';
import { openWorkbench, sleeper, type Workbench } from '../testing/workbench.ts';

const signal = new AbortController().signal;

describe('images of a registry', () => {
  let bench: Workbench;
  let registry: Awaited<ReturnType<typeof openTinyRegistry>>;
  beforeAll(async () => {
    bench = await openWorkbench('pulled');
    registry = await openTinyRegistry(bench.scope.system);
  });
  afterAll(async () => {
    await bench?.[Symbol.asyncDispose]();
    await registry?.[Symbol.asyncDispose]();
  });

  const nameOf = (repository: string) => `${registry.host}/${bench.scope.system}/${repository}`;

  const pinned = (name: string) => {
    const reference = `${name}@${registry.digest}`;
    const spec: ImageDesire = { source: { from: 'reference', reference }, inputs: '', reference };
    return bench.desire('image', 'base', spec);
  };

  const pullByHand = async (reference: string) => {
    const stream = await bench.host.docker.pull(reference);
    for await (const line of linesOf(stream as AsyncIterable<Uint8Array>)) expect(line).not.toContain('"error"');
  };

  test.each([
    ['by its digest', 'one'],
    ['by its digest, with a tag besides', 'two:1'],
  ])('one that is pinned %s is pulled once, and instances run on it', async (_, repository) => {
    const provider = bench.providers().images;
    const wanted = pinned(nameOf(repository));
    const seen = await provider.ensure(wanted, undefined, signal);
    expect(provider.differences(wanted, seen)).toEqual([]);
    expect(provider.find(wanted, await provider.observe(bench.scope))?.id).toBe(seen.id);
    const before = registry.asked.length;
    expect((await provider.ensure(wanted, seen, signal)).id).toBe(seen.id);
    expect(registry.asked.slice(before)).toEqual([]);

    const { instances } = bench.providers();
    const user = bench.desire('instance', 'web.1', sleeper(wanted.spec.reference));
    const running = await instances.ensure(user, undefined, signal);
    expect(instances.differences(user, running)).toEqual([]);
    expect(running.uses).toContain(seen.id);
  });

  test('one that was pulled by its tag is found by its digest, whatever else it is called', async () => {
    const provider = bench.providers().images;
    await pullByHand(`${nameOf('first')}@${registry.digest}`);
    await pullByHand(`${nameOf('second')}:1`);
    const seen = await provider.observe(bench.scope);
    expect(provider.find(pinned(nameOf('second')), seen)).toBeDefined();
    expect(provider.find(pinned(nameOf('third')), seen)).toBeUndefined();
    const references = seen.flatMap(({ state }) => state.references);
    expect(references.filter(reference => !/^[^@]+[:@]/.test(reference) || reference.startsWith('sha256:'))).toEqual(
      [],
    );
  });
});
