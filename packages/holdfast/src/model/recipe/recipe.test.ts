import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ImageHandle, image } from '../image.ts';
import type { RecipeSpec } from '../spec/recipe.ts';
import { system } from '../system.ts';
import { resourcesOf } from '../system-model.ts';
import { debian, leftOut } from './debian.ts';
import { holdfast } from './holdfast.ts';
import { copy, nodejs, npm, packages, run, type Step, user } from './steps.ts';

/** The recipes of all images that are declared, by name. */
function recipes(declare: () => unknown): Readonly<Record<string, RecipeSpec>> {
  const images = resourcesOf(
    system('shop', () => void declare()),
    'image',
  );
  return Object.fromEntries(
    images.flatMap(({ name, spec: { source } }) => (source.from === 'recipe' ? [[name, source]] : [])),
  );
}

const below = (): ImageHandle =>
  image('below', {
    base: debian('bookworm', { packages: ['nginx', 'ca-certificates', 'nginx'] }),
    steps: [packages(['curl'])],
    user: 'app',
    env: { LANG: 'C.UTF-8', MODE: 'plain' },
    entrypoint: ['/init'],
    command: ['serve'],
    labels: { of: 'below' },
    ports: [8080, 80],
    stopSignal: 'SIGQUIT',
  });

describe('a recipe', () => {
  test('names its packages once and in order, whatever the order they were given in', () => {
    const { below: recipe } = recipes(below);
    expect(recipe?.base).toEqual({
      suite: 'bookworm',
      set: 'essential',
      packages: ['ca-certificates', 'nginx'],
      exclude: [...leftOut],
    });
  });

  test('leaves out what no container reads, and keeps the copyright files', () => {
    const isLeftOut = (path: string) => leftOut.some(glob => posix.matchesGlob(path, glob));
    const read = [
      '/usr/share/man/man1/ls.1.gz',
      '/usr/share/doc/bash/README',
      '/usr/share/doc/bash/changelog.Debian.gz',
    ];
    const needed = ['/usr/share/doc/bash/copyright', '/usr/share/man/man1', '/usr/share/zoneinfo/UTC', '/etc/passwd'];
    expect(read.filter(path => !isLeftOut(path))).toEqual([]);
    expect(needed.filter(isLeftOut)).toEqual([]);
  });

  test('takes a mirror with a slash at its end and without for the same', () => {
    const of = (mirror: string) => recipes(() => image('web', { base: debian('bookworm', { mirror }) })).web?.base;
    expect(of('http://mirror.test/debian/')).toEqual(of('http://mirror.test/debian'));
  });
});

describe('an image that is built on another', () => {
  test('begins with the steps of the other, and so shares its layers', () => {
    const { below: first, web } = recipes(() =>
      image('web', { base: below(), steps: [nodejs('24'), copy('./app', '/app')] }),
    );
    expect(web?.base).toEqual(first?.base);
    expect(web?.steps.slice(0, first?.steps.length)).toEqual(first?.steps);
    expect(web?.steps.map(step => step.do)).toEqual(['packages', 'packages', 'nodejs', 'copy']);
  });

  test('has the settings of the other where it gives none', () => {
    const { below: first, web } = recipes(() => image('web', { base: below() }));
    expect(web?.config).toEqual(first?.config);
  });

  test('adds to environment, labels and ports, and puts its own in the place of the rest', () => {
    const { web } = recipes(() =>
      image('web', {
        base: below(),
        env: { MODE: 'fancy' },
        labels: { by: 'web' },
        ports: [443, 80],
        user: 'web',
        command: ['serve', '--fast'],
      }),
    );
    expect(web?.config).toEqual({
      env: { LANG: 'C.UTF-8', MODE: 'fancy' },
      labels: { of: 'below', by: 'web' },
      ports: [80, 443, 8080],
      user: 'web',
      entrypoint: ['/init'],
      command: ['serve', '--fast'],
      stopSignal: 'SIGQUIT',
    });
  });

  test('that gives an entrypoint drops the arguments of the other, as a Dockerfile does', () => {
    const { web } = recipes(() => image('web', { base: below(), entrypoint: ['/start'] }));
    expect(web?.config).toMatchObject({ entrypoint: ['/start'] });
    expect(web?.config).not.toHaveProperty('command');
  });

  test('leaves the other as it was, also when the other is built on a third', () => {
    const {
      below: first,
      middle,
      top,
    } = recipes(() => {
      const middle = image('middle', { base: below(), steps: [run('true')], env: { A: '1' } });
      image('top', { base: middle, steps: [user('top')], env: { B: '2' } });
    });
    expect(first?.steps).toHaveLength(1);
    expect(middle?.steps.map(step => step.do)).toEqual(['packages', 'run']);
    expect(top?.steps.map(step => step.do)).toEqual(['packages', 'run', 'user']);
    expect(top?.config.env).toEqual({ LANG: 'C.UTF-8', MODE: 'plain', A: '1', B: '2' });
  });
});

describe('a step', () => {
  const stepOf = (step: Step) =>
    recipes(() => image('web', { base: debian('bookworm'), steps: [step] })).web?.steps.at(-1);

  test('says all that it does, with what it was not told', () => {
    expect(stepOf(copy('./app/', '/app'))).toEqual({
      do: 'copy',
      from: 'app/',
      to: '/app',
      owner: '0:0',
      ignore: [],
    });
    expect(stepOf(user('app'))).toMatchObject({ uid: 10_001, home: '/nonexistent', shell: '/usr/sbin/nologin' });
    expect(stepOf(npm.ci('./app', { omit: 'dev' }))).toEqual({
      do: 'npm-ci',
      folder: 'app',
      to: '/app',
      omit: ['dev'],
      scripts: [],
    });
    expect(stepOf(nodejs('24'))).toEqual({ do: 'nodejs', version: '24', npm: false });
    expect(stepOf(holdfast())).toEqual({ do: 'holdfast', to: '/opt/holdfast' });
  });

  test('with Node.js brings the libraries that it is linked with', () => {
    const { web } = recipes(() => image('web', { base: debian('bookworm'), steps: [nodejs('24')] }));
    expect(web?.steps.map(step => (step.do === 'packages' ? step.packages : step.do))).toEqual([
      ['libatomic1', 'libstdc++6'],
      'nodejs',
    ]);
  });

  test('of a line is run by a shell that stops at the first failure; of arguments as they stand', () => {
    expect(stepOf(run('make; make install'))).toMatchObject({ command: ['sh', '-ec', 'make; make install'] });
    expect(stepOf(run(['make', 'a b']))).toMatchObject({ command: ['make', 'a b'], user: 'root', network: false });
  });

  test('does not depend on the order of what is a set', () => {
    expect(stepOf(packages(['b1', 'a1', 'b1']))).toEqual(stepOf(packages(['a1', 'b1'])));
    expect(stepOf(npm.ci('app', { omit: ['peer', 'dev'] }))).toEqual(stepOf(npm.ci('app', { omit: ['dev', 'peer'] })));
  });
});
