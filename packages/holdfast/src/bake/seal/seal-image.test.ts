import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CheckSpec } from '../../model/spec/check-spec.ts';
import { readSeal } from './record/seal-store.ts';
import { type Sealing, sealImage } from './seal-image.ts';
import { settingsOf } from './settings.ts';
import { digest, newKey, told } from './testing/records.ts';
import { type TestTree, treeWith } from './testing/tree.ts';
import type { OpenTrials } from './trial/trial.ts';

const key = newKey('ada');
const signal = new AbortController().signal;

const saying = (path: string): Readonly<Record<string, CheckSpec>> => ({
  web: {
    target: 'image/web',
    assertions: [{ of: { type: 'file', path }, matcher: 'exists', negated: false }],
  },
});

/** What the layers tell must need no container. */
const noContainer: OpenTrials = () => Promise.reject(new Error('a container was asked for'));

describe('an image', () => {
  let store: string;
  let tree: TestTree;
  beforeEach(async () => {
    store = await mkdtemp(join(tmpdir(), 'holdfast-sealing-'));
    tree = await treeWith({ 'etc/passwd': 'app:x:1:1::/:/bin/sh\n', 'app/a.js': '', 'usr/bin/su': { mode: 0o4755 } });
  });
  afterEach(async () => {
    await rm(store, { recursive: true });
    await tree[Symbol.asyncDispose]();
  });

  const sealing = (checks: Sealing['checks']): Sealing => ({
    told: told(),
    tree,
    settings: settingsOf('{"config":{"User":"app"}}'),
    checks,
    open: noContainer,
    key,
    store,
    clock: () => 1_700_000_009_000,
  });

  test('that passes is sealed, without a container where the layers tell all', async () => {
    const { is } = await sealImage(sealing(saying('/app/a.js')), signal);
    expect(is).toBe('sealed');
    const seal = await readSeal(store, digest, [key.publicKey]);
    expect(seal?.checks.map(({ sentence, check }) => `${check}: ${sentence}`)).toEqual([
      'undefined: user app, whom it runs as, exists',
      'undefined: no private key is in the image',
      'web: /app/a.js exists',
    ]);
    expect(seal?.setIdFiles).toEqual(['/usr/bin/su']);
    expect(seal?.statement.predicate.runDetails.metadata.finishedOn).toBe('2023-11-14T22:13:29.000Z');
    expect(JSON.parse(seal?.sbom ?? '')).toMatchObject({ bomFormat: 'CycloneDX' });
  });

  test('that does not pass is not sealed, and what failed is told', async () => {
    const { is, results } = await sealImage(sealing(saying('/app/b.js')), signal);
    expect(is).toBe('refused');
    expect(results.filter(({ ok }) => !ok)).toMatchObject([
      { sentence: '/app/b.js exists', check: 'web', expected: 'exists', found: 'there is none' },
    ]);
    expect(await readdir(store)).toEqual([]);
  });

  test('is started as its configuration says', () => {
    const config = {
      User: '1:2',
      Env: ['PATH=/bin', 'EMPTY=', 'A=b=c'],
      Entrypoint: ['/init'],
      Cmd: ['x'],
      WorkingDir: '/app',
      Labels: { a: 'b' },
      ExposedPorts: { '8080/tcp': {}, '53/udp': {}, '80/tcp': {} },
      StopSignal: 'SIGINT',
    };
    expect(settingsOf(JSON.stringify({ config }))).toEqual({
      user: '1:2',
      env: { PATH: '/bin', EMPTY: '', A: 'b=c' },
      entrypoint: ['/init'],
      command: ['x'],
      workdir: '/app',
      labels: { a: 'b' },
      ports: [80, 8080],
      stopSignal: 'SIGINT',
    });
    expect(settingsOf('{"config":{"Cmd":null,"Env":null}}')).toEqual({ env: {}, labels: {}, ports: [] });
  });
});
