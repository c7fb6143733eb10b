import { Readable } from 'node:stream';
import { packTar } from 'modern-tar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../../kit/hash.ts';
import { randomId } from '../../../kit/id.ts';
import type { ImageDesire } from '../../../ports/desires.ts';
import { dockerfileInContext } from '../../../ports/sources.ts';
import { openWorkbench, sleeper, type Workbench } from '../testing/workbench.ts';
import { dockerImages } from './provider.ts';
import { familiar, nameAndTag } from './reference.ts';

const signal = new AbortController().signal;

describe('images of Docker', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench('image');
  });
  afterAll(() => bench[Symbol.asyncDispose]());

  const context = async (dockerfile: string) =>
    Readable.from([
      Buffer.from(
        await packTar([
          { header: { name: dockerfileInContext, size: dockerfile.length }, body: dockerfile },
          { header: { name: 'greeting', size: 5 }, body: 'hello' },
        ]),
      ),
    ]);

  function built(dockerfile: string, heard: string[] = []) {
    const sources = { fingerprint: async () => sha256(dockerfile), open: () => context(dockerfile) };
    return dockerImages(bench.host, bench.scope, sources, (_, line) => heard.push(line));
  }

  const desired = (spec: Partial<ImageDesire> = {}) => {
    const inputs = sha256(randomId());
    const source = { from: 'dockerfile', context: '.', dockerfile: 'Dockerfile', args: { BASE: bench.image } } as const;
    const reference = `holdfast/${bench.scope.system}/test/web:${inputs.slice(0, 12)}`;
    return bench.desire('image', 'web', { source, inputs, reference, ...spec });
  };

  test('a Dockerfile is built with its arguments, and its progress is told', async () => {
    const heard: string[] = [];
    const provider = built('ARG BASE\nFROM $BASE\nCOPY greeting /greeting\nRUN cat /greeting\n', heard);
    const wanted = desired();
    const seen = await provider.ensure(wanted, undefined, signal);
    expect(provider.differences(wanted, seen)).toEqual([]);
    expect(heard).toContain('hello');
    const instance = await bench
      .providers()
      .instances.ensure(bench.desire('instance', 'web.1', sleeper(wanted.spec.reference)), undefined, signal);
    expect(await bench.inside.get(instance, '/greeting')).toBe('hello');
  });

  test('a build that fails shows the last words of it, and leaves no container behind', async () => {
    const provider = built('ARG BASE\nFROM $BASE\nRUN echo the disk is made of cheese; exit 3\n');
    await expect(provider.ensure(desired(), undefined, signal)).rejects.toMatchObject({
      parts: {
        what: expect.stringContaining('does not build'),
        why: expect.stringContaining('non-zero code: 3'),
        evidence: expect.arrayContaining(['the disk is made of cheese']),
      },
    });
    const left = await bench.host.docker.listContainers({ all: true, filters: { ancestor: [bench.image] } });
    expect(left.filter(({ Command }) => Command.includes('cheese'))).toEqual([]);
  });

  test('a Dockerfile that is none is told as a Problem', async () => {
    await expect(built('FRAM scratch\n').ensure(desired(), undefined, signal)).rejects.toMatchObject({
      parts: { why: expect.stringContaining('unknown instruction: FRAM') },
    });
  });

  test('an abort ends a build', async () => {
    const provider = built('ARG BASE\nFROM $BASE\nRUN sleep 60\n');
    const wanted = desired();
    await expect(provider.ensure(wanted, undefined, AbortSignal.timeout(1_000))).rejects.toThrow(/timeout/);
    expect((await provider.observe(bench.scope)).filter(({ birth }) => birth?.uid === wanted.uid)).toEqual([]);
  });

  test('what is made by hand on an image of ours inherits its labels, and does not pass for it', async () => {
    const provider = built('ARG BASE\nFROM $BASE\nRUN touch /ours\n');
    const wanted = desired();
    const seen = await provider.ensure(wanted, undefined, signal);
    const child = `${bench.handMade('child')}:1`;
    const dockerfile = `FROM ${wanted.spec.reference}\nRUN touch /theirs\n`;
    const stream = await bench.host.docker.buildImage(await context(dockerfile), {
      t: child,
      dockerfile: dockerfileInContext,
    });
    for await (const _ of stream);
    const run = await bench.host.docker.createContainer({
      name: bench.handMade('run'),
      Image: wanted.spec.reference,
      Cmd: ['sh'],
    });
    const images = await provider.observe(bench.scope);
    expect(images.filter(({ birth }) => birth?.uid === wanted.uid).map(({ id }) => id)).toEqual([seen.id]);
    expect(images.find(({ name }) => name === child)?.birth).toBeUndefined();
    const instances = await bench.providers().instances.observe(bench.scope);
    expect(instances.find(({ id }) => id === run.id)?.birth).toBeUndefined();
    await run.remove();
  });

  test('an image in use by a container stays, and the container is named', async () => {
    const provider = built('ARG BASE\nFROM $BASE\nRUN touch /used\n');
    const wanted = desired();
    const seen = await provider.ensure(wanted, undefined, signal);
    const name = bench.handMade('user');
    const user = await bench.host.docker.createContainer({ name, Image: wanted.spec.reference, Cmd: ['sh'] });
    await expect(provider.remove(seen, signal)).rejects.toThrow(name);
    await user.remove();
    await provider.remove(seen, signal);
  });

  test('removing an image of ours leaves a tag that somebody else gave it', async () => {
    const provider = bench.providers().images;
    const wanted = desired({ source: { from: 'archive', path: 'root.tar' } });
    const seen = await provider.ensure(wanted, undefined, signal);
    const kept = `${bench.handMade('kept')}:1`;
    await bench.host.docker.getImage(seen.id).tag(nameAndTag(kept));
    const again = await provider.ensure(wanted, seen, signal);
    await provider.remove(again, signal);
    const left = (await provider.observe(bench.scope)).find(({ id }) => id === seen.id);
    expect(left).toMatchObject({ name: kept });
    expect(left?.state.references).not.toContain(wanted.spec.reference);
    expect(left?.birth).toBeUndefined();
  });

  test('other sources make another image', async () => {
    const provider = bench.providers().images;
    const wanted = desired({ source: { from: 'archive', path: 'root.tar' } });
    const seen = await provider.ensure(wanted, undefined, signal);
    const inputs = 'e'.repeat(64);
    expect(provider.differences({ ...wanted, spec: { ...wanted.spec, inputs } }, seen)).toEqual([
      { aspect: 'sources', found: wanted.spec.inputs.slice(0, 12), wanted: 'eeeeeeeeeeee', mend: 'replace' },
    ]);
  });

  test('an image of others is found by its reference, needs nothing, and is never removed', async () => {
    const provider = bench.providers().images;
    const wanted = desired({ source: { from: 'reference', reference: bench.image }, reference: bench.image });
    const found = provider.find(wanted, await provider.observe(bench.scope));
    if (!found) throw new Error('it was not found');
    expect(provider.differences(wanted, found)).toEqual([]);
    expect((await provider.ensure(wanted, undefined, signal)).id).toBe(found.id);
    await provider.remove(found, signal);
    expect(provider.find(wanted, await provider.observe(bench.scope))).toBeDefined();
  });

  test('an image of others that can not be pulled is told', async () => {
    const reference = `127.0.0.1:9/nowhere@sha256:${'a'.repeat(64)}`;
    const wanted = desired({ source: { from: 'reference', reference }, reference });
    await expect(bench.providers().images.ensure(wanted, undefined, signal)).rejects.toMatchObject({
      parts: { what: expect.stringContaining("can't be pulled"), why: expect.stringContaining('connection refused') },
    });
  });

  test.each([
    ['docker.io/library/alpine:3', 'alpine:3'],
    [`docker.io/grafana/grafana:11@sha256:${'b'.repeat(64)}`, `grafana/grafana@sha256:${'b'.repeat(64)}`],
    ['registry.example:5000/shop/web:1', 'registry.example:5000/shop/web:1'],
  ])('%s is also called %s', (long, short) => {
    expect(familiar(long)).toBe(short);
    expect(familiar(short)).toBe(short);
  });

  test('a port of a registry is no tag', () => {
    expect(nameAndTag('registry.example:5000/shop/web')).toEqual({
      repo: 'registry.example:5000/shop/web',
      tag: 'latest',
    });
    expect(nameAndTag('holdfast/shop/web:1f0c')).toEqual({ repo: 'holdfast/shop/web', tag: '1f0c' });
  });
});
