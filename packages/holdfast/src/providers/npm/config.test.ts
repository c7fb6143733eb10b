import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Problem } from '../../kit/problem.ts';
import { type NpmConfigOptions, npmConfigOf } from './config.ts';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'hf-npm-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** As `.npmrc` refers to one of the environment. */
const variable = (name: string): string => `\${${name}}`;

/** A machine on which nothing is set but in these files. */
function configWith(files: Readonly<Record<string, string>>, env: NpmConfigOptions['env'] = {}) {
  const folder = folderWith({ 'project/package.json': '{}', ...files });
  const askNpm = async () => 'http://npm.invalid/built-in';
  const cwd = join(folder, 'project');
  return npmConfigOf({ cwd, env, home: join(folder, 'home'), node: join(folder, 'usr/bin/node'), askNpm });
}

describe("npm's configuration", () => {
  test('is read as npm itself reads it', async () => {
    const folder = folderWith({
      'home/.npmrc': 'registry=http://user.invalid/\nproxy=http://proxy.invalid:3128\nstrict-ssl = false ; as a habit',
      'project/package.json': '{}',
      'project/.npmrc': [
        `registry = http://127.0.0.1:4873/${variable('TEAM')}/${variable('MISSING')}/x ; the team`,
        '@team:registry="http://127.0.0.1:9/t/"',
        'ca[]="-----BEGIN A\\nB"',
        "ca[]='-----BEGIN C'",
        'cafile=./some.pem',
      ].join('\n'),
      'project/some.pem': '-----BEGIN D',
    });
    const home = join(folder, 'home');
    const cwd = join(folder, 'project');
    const env = { PATH: process.env.PATH, HOME: home, TEAM: 'blue', NPM_CONFIG_NOPROXY: 'a.invalid,b.invalid' };
    const said = JSON.parse(execFileSync('npm', ['config', 'ls', '-l', '--json'], { cwd, env, encoding: 'utf8' }));
    const read = npmConfigOf({ cwd, env, home });
    expect(await read.registryOf('left-pad')).toBe(`${said.registry}/`);
    expect(await read.registryOf('left-pad')).toBe(`http://127.0.0.1:4873/blue/${variable('MISSING')}/x/`);
    expect(await read.registryOf('@team/tool')).toBe(said['@team:registry']);
    expect(read.userFile).toBe(said.userconfig);
    expect(said.cafile).toBe(join(cwd, 'some.pem'));
    expect(read.route).toEqual({
      ca: [...said.ca, '-----BEGIN D'],
      strict: said['strict-ssl'],
      proxy: { http: said.proxy, https: said.proxy, no: said.noproxy.join(',') },
    });
  });

  test.each([
    ['the environment', { npm_config_registry: 'http://env.invalid' }, 'http://env.invalid/'],
    ['the project', {}, 'http://project.invalid/'],
  ])('is first that of %s', async (_, env, registry) => {
    const files = {
      'project/.npmrc': 'registry=http://project.invalid',
      'home/.npmrc': 'registry=http://user.invalid',
    };
    expect(await configWith(files, env).registryOf('left-pad')).toBe(registry);
  });

  test.each([
    ['the user', { 'home/.npmrc': 'registry=http://user.invalid' }, 'http://user.invalid/'],
    ['all users', {}, 'http://global.invalid/'],
  ])('is then that of %s', async (_, files, registry) => {
    const global = { 'usr/etc/npmrc': 'registry=http://global.invalid' };
    expect(await configWith({ ...global, ...files }).registryOf('left-pad')).toBe(registry);
  });

  test('is asked of npm, once, when no file names a registry', async () => {
    let times = 0;
    const askNpm = async () => `http://npm.invalid/${++times}`;
    const config = npmConfigOf({ cwd: folderWith({}), env: {}, home: '/nowhere', node: '/nowhere/bin/node', askNpm });
    expect([await config.registryOf('a'), await config.registryOf('b')]).toEqual(
      Array(2).fill('http://npm.invalid/1/'),
    );
  });

  test('is that of npm itself where nothing is set at all', async () => {
    const said = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', cwd: tmpdir() }).trim();
    const config = npmConfigOf({ cwd: tmpdir(), env: {}, home: '/nowhere', node: '/nowhere/bin/node' });
    expect(await config.registryOf('left-pad')).toBe(said);
  });

  test('names a certificate that is missing', () => {
    const read = () => configWith({ 'home/.npmrc': 'cafile=/nowhere/ca.pem' });
    expect(read).toThrow(
      expect.objectContaining<Partial<Problem>>({ message: 'the certificates that npm is to trust are missing' }),
    );
  });
});

describe('credentials', () => {
  const config = () =>
    configWith(
      {
        'project/.npmrc': [
          `//one.invalid/:_authToken=${variable('TOKEN')}`,
          '//one.invalid/team/:_auth=YTpi',
          '//two.invalid:8080/:username=ada',
          `//two.invalid:8080/:_password=${btoa('geheim')}`,
        ].join('\n'),
      },
      { TOKEN: 'tok', 'npm_config_//three.invalid/:_authToken': 'THREE' },
    );

  test.each([
    ['http://one.invalid/left-pad', 'Bearer tok', '//one.invalid/'],
    ['https://one.invalid/other/left-pad', 'Bearer tok', '//one.invalid/'],
    ['https://one.invalid/team/left-pad/-/left-pad-1.0.0.tgz', 'Basic YTpi', '//one.invalid/team/'],
    ['https://one.invalid/teams/left-pad', 'Bearer tok', '//one.invalid/'],
    ['https://two.invalid:8080/x', `Basic ${btoa('ada:geheim')}`, '//two.invalid:8080/'],
    ['https://two.invalid/x', undefined, '//two.invalid/'],
    ['https://one.invalid.evil.invalid/x', undefined, '//one.invalid.evil.invalid/'],
    ['https://three.invalid/a/b', 'Bearer THREE', '//three.invalid/'],
  ])('for %s', (url, authorization, key) => {
    expect(config().credentialsFor(url)).toEqual({ headers: authorization ? { authorization } : {}, key });
  });

  test('are not shown', () => {
    expect(JSON.stringify(config())).not.toMatch(/tok|YTpi|geheim/);
  });
});
