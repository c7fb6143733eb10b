import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examine } from '../bake/seal/examine/examine.ts';
import { trialsOn } from '../bake/seal/trial/engine-trials.ts';
import { removeLeftovers, trialScope } from '../bake/seal/trial/leftovers.ts';
import { imageTree } from '../bake/tree/image-tree.ts';
import { check } from '../model/check.ts';
import { image } from '../model/image.ts';
import type { ImageConfig } from '../model/spec/recipe.ts';
import type { ImageSubjects } from '../model/subjects/targets.ts';
import { system } from '../model/system.ts';
import { resourcesOf } from '../model/system-model.ts';
import type { ImageTree } from '../ports/image-tree.ts';
import { tinyRoot } from '../providers/docker/testing/tiny-image.ts';
import { trialGround } from './testing/trial-ground.ts';

const signal = AbortSignal.timeout(120_000);

const baked = { digest: `sha256:${'a'.repeat(64)}`, layers: [] } as const;

const web: ImageConfig = {
  env: {},
  labels: {},
  ports: [8080],
  user: 'app',
  workdir: '/srv',
  command: ['httpd', '-f', '-p', '8080', '-h', '/etc'],
};

describe('an image on a real engine', () => {
  let ground: Awaited<ReturnType<typeof trialGround>>;
  let folder: string;
  let tree: ImageTree;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-examine-'));
    const file = join(folder, 'root.tar');
    await writeFile(file, await tinyRoot());
    tree = await imageTree([{ file }]);
    ground = await trialGround();
  });
  afterAll(async () => {
    await ground?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  const examined = async (say: (it: ImageSubjects) => void, settings = web) => {
    const model = system('shop', () => void check(image('web', { archive: './web.tar' }), say));
    const checks = resourcesOf(model, 'check');
    const reference = await ground.imageOf(settings);
    const open = trialsOn(ground.stage, { image: { reference }, settings, tree, capabilities: [] });
    return examine({ image: baked, tree, settings, checks }, open, signal);
  };
  const failures = async (...all: Parameters<typeof examined>) =>
    (await examined(...all)).filter(({ ok }) => !ok).map(({ sentence, found }) => `${sentence}: ${found}`);

  test('passes what is so, from its layers, in a container that waits, and in one that is started', async () => {
    const all = await examined(it => {
      it.file('/etc/passwd').contains('app:x:1000').isOwnedBy('root').isReadOnly();
      it.user('app').hasUid(1_000);
      it.command('id -u').exits(0).prints('1000');
      it.command('echo out; echo err >&2; exit 3').exits(3).complains('err').not.prints('err');
      it.http(8080, '/motd').answers(200);
      it.http(8080, '/nothing').answers(404).not.answers(200);
      it.port(9090).not.listens();
    });
    expect(all.filter(({ ok }) => !ok)).toEqual([]);
    expect(all.map(({ sentence }) => sentence)).toEqual(
      expect.arrayContaining(['port 8080 listens', 'port 9090 does not listen']),
    );
    expect(await ground.trials()).toEqual([]);
  });

  test('says of what is not so what was found', async () => {
    expect(
      await failures(it => {
        it.file('/etc/motd').hasMode('0600');
        it.file('/etc/nothing').not.hasMode('0600');
        it.command('cat /etc/motd').prints('goodbye');
        it.command('id -un').prints('root');
        it.command(['nothing', 'at', 'all']).not.exits(0);
        it.command('sleep 30').eventually('1s').exits(0);
        it.port(9090).eventually('1s').listens();
        it.http(8080, '/motd').eventually('1s').answers(503);
      }),
    ).toEqual([
      '/etc/motd has mode 0600: mode 0644',
      '/etc/nothing does not have mode 0600: there is none',
      '`cat /etc/motd` prints "goodbye": it prints nothing',
      '`id -un` prints "root": it prints "app"',
      '`nothing at all` does not exit with 0: there is no program nothing in the image',
      '`sleep 30` exits with 0 within 1s: it did not end within 1.0s',
      'port 9090 listens within 1s: connection refused',
      expect.stringContaining('GET /motd on port 8080 answers 503 within 1s: 200 OK'),
    ]);
    expect(await ground.trials()).toEqual([]);
  });

  test('that ends as soon as it starts is told with its last words', async () => {
    const dying = { ...web, command: ['sh', '-c', 'echo no database >&2; exit 1'] };
    expect(await failures(it => void it.port(8080).not.listens(), dying)).toEqual([
      'port 8080 does not listen: it has ended; its last words: no database',
    ]);
  });

  test('that can not be started is told by what the engine says', async () => {
    const [only] = await failures(it => void it.port(8080).listens(), { ...web, command: ['/etc/motd'] });
    expect(only).toMatch(/^port 8080 listens: .*permission denied/i);
    expect(await ground.trials()).toEqual([]);
  });

  test('in which nothing can wait runs each command in a container of its own', async () => {
    const bare: ImageTree = { ...tree, entry: path => (path.endsWith('/sleep') ? undefined : tree.entry(path)) };
    const reference = await ground.imageOf(web);
    await using trials = await trialsOn(ground.stage, {
      image: { reference },
      settings: web,
      tree: bare,
      capabilities: [],
    })([], signal);
    const trial = await trials.idle();
    expect(await trial.run(['sh', '-c', 'echo out; echo err >&2; exit 3'], signal)).toEqual({
      exitCode: 3,
      stdout: 'out',
      stderr: 'err',
    });
  });

  test('is not reached by the world while it is tried, and has no way there', async () => {
    expect(
      await failures(it => {
        it.command('ls /sys/class/net').prints('lo').not.prints('eth');
      }),
    ).toEqual([]);
  });

  test('may be brought for the trial alone, and is gone with it', async () => {
    const inputs = 'f'.repeat(64);
    const image = { source: { from: 'archive', path: './tiny.tar' }, inputs } as const;
    await using trials = await trialsOn(ground.stage, { image, settings: web, tree, capabilities: [] })([], signal);
    const trial = await trials.idle();
    expect((await trial.run(['cat', '/etc/passwd'], signal)).stdout).toContain('app:x:1000');
    expect(await ground.trials()).toHaveLength(2);
    await trials[Symbol.asyncDispose]();
    expect(await ground.trials()).toEqual([]);
  });

  test('leaves nothing behind when it is stopped at any moment', async () => {
    const reference = await ground.imageOf(web);
    for (const after of [50, 300, 600]) {
      const open = trialsOn(ground.stage, { image: { reference }, settings: web, tree, capabilities: [] });
      const checks = resourcesOf(
        system(
          'shop',
          () =>
            void check(image('web', { archive: './web.tar' }), it => {
              it.command('sleep 20').exits(0);
              it.port(9090).listens();
            }),
        ),
        'check',
      );
      const stopped = examine({ image: baked, tree, settings: web, checks }, open, AbortSignal.timeout(after));
      await expect(stopped).rejects.toThrow();
      expect(await ground.trials()).toEqual([]);
    }
  });

  test('leaves nothing behind when its process is killed: the next trial takes it away, an hour later', async () => {
    const reference = await ground.imageOf(web);
    const trials = await trialsOn(ground.stage, { image: { reference }, settings: web, tree, capabilities: [] })(
      [],
      signal,
    );
    await trials.started();
    expect((await ground.trials()).length).toBe(2);
    await removeLeftovers(ground.stage);
    expect((await ground.trials()).length).toBe(2);
    await removeLeftovers(ground.stage, () => Date.now() + 3_700_000);
    expect(await ground.trials()).toEqual([]);
    expect(trialScope('shop').environment).toMatch(/^t[0-9a-z]+-[0-9a-z]{12}$/);
  });
});
