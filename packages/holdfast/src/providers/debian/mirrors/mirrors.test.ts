import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exitCode } from '../../../kit/problem.ts';
import { mirrorsOf, shown, urlsFor } from './mirrors.ts';

let aptFolder = '';
beforeEach(async () => {
  aptFolder = await mkdtemp(join(tmpdir(), 'hf-apt-'));
});
afterEach(() => rm(aptFolder, { recursive: true }));

async function apt(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(aptFolder, name)), { recursive: true });
    await writeFile(join(aptFolder, name), text);
  }
}

const mirrors = (suite: string, env: Record<string, string> = {}) => mirrorsOf(suite, { env, aptFolder });

describe('where a suite is to be had', () => {
  test('is the mirror of the recipe, before that of the environment, before the machine’s own sources', async () => {
    await apt({ 'sources.list': 'deb http://apt.test/debian bookworm main\n' });
    const env = { HOLDFAST_DEBIAN_MIRROR: 'http://env.test/debian' };
    const mirror = 'https://recipe.test/debian/';
    expect(await mirrorsOf('bookworm', { mirror, env, aptFolder })).toEqual(['https://recipe.test/debian']);
    expect(await mirrors('bookworm', env)).toEqual(['http://env.test/debian']);
    expect(await mirrors('bookworm')).toEqual(['http://apt.test/debian']);
    expect(await mirrors('bookworm', { HOLDFAST_DEBIAN_MIRROR: '' })).toEqual(['http://apt.test/debian']);
  });

  test.each([
    ['bookworm', 'http://m.test/debian', 'http://m.test/debian'],
    ['bookworm-updates', 'http://m.test/debian', 'http://m.test/debian'],
    ['bookworm-security', 'http://m.test/debian/', 'http://m.test/debian-security'],
    ['bookworm-security', 'http://m.test:8080/a/b', 'http://m.test:8080/a/b-security'],
    ['bookworm-security', 'http://m.test:8080/', 'http://m.test:8080/debian-security'],
  ])('%s at the mirror %s is at %s', async (suite, mirror, found) => {
    expect(await mirrorsOf(suite, { mirror, aptFolder })).toEqual([found]);
  });

  test('of a file in the lock follows without an index', async () => {
    const mirror = 'http://m.test/debian';
    expect(await urlsFor('bookworm-security', 'pool/updates/main/a/a/a_1_all.deb', { mirror })).toEqual([
      'http://m.test/debian-security/pool/updates/main/a/a/a_1_all.deb',
    ]);
  });

  test('is a clear problem where nothing says it', async () => {
    await expect(mirrors('bookworm')).rejects.toMatchObject({
      exit: exitCode.unreachable,
      parts: { fix: expect.stringContaining('HOLDFAST_DEBIAN_MIRROR') },
    });
    const missing = mirrorsOf('bookworm', { env: {}, aptFolder: join(aptFolder, 'none') });
    await expect(missing).rejects.toThrow('nothing says where bookworm is to be had');
  });

  test.each(['ftp://m.test/debian', 'm.test/debian', 'http://', '/srv/mirror'])('is not %s', async mirror => {
    await expect(mirrorsOf('bookworm', { mirror, aptFolder })).rejects.toMatchObject({ exit: exitCode.wrongUse });
  });
});

test('a password in a mirror’s URL is used, and never shown', async () => {
  expect(shown('https://ada:s3cret@m.test/debian@1')).toBe('https://m.test/debian@1');
  await expect(mirrorsOf('bookworm', { mirror: 'ftp://ada:s3cret@m.test', aptFolder })).rejects.toThrow(
    "'ftp://m.test'",
  );
  expect(await mirrorsOf('bookworm', { mirror: 'http://ada:s3cret@m.test/' })).toEqual(['http://ada:s3cret@m.test']);
});

describe("the machine's apt sources", () => {
  test('in the format of one line, with options and comments', async () => {
    await apt({
      'sources.list': `# deb http://off.test/debian bookworm main
deb [arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://one.test/debian/ bookworm main # near
  deb\thttp://two.test/debian bookworm main contrib
deb-src http://source.test/debian bookworm main
deb http://one.test/debian bookworm-updates main
deb http://old.test/debian bookworm/updates main
deb http://flat.test/debian bookworm/
deb cdrom:[Debian 12]/ bookworm main
deb file:/srv/debian bookworm main
deb mirror+file:/etc/apt/mirrors.txt bookworm main
`,
    });
    expect(await mirrors('bookworm')).toEqual(['http://one.test/debian', 'http://two.test/debian']);
    expect(await mirrors('bookworm-updates')).toEqual(['http://one.test/debian']);
    await expect(mirrors('bookworm-security')).rejects.toThrow('bookworm-security');
  });

  test('in the format of paragraphs', async () => {
    await apt({
      'sources.list.d/debian.sources': `Types: deb deb-src
# a comment in between
URIs: http://one.test/debian
 https://two.test/debian
Suites: bookworm
# and inside of a field
 bookworm-updates
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mDMEY865UxYJKwYBBAHaRw8BAQdA
 -----END PGP PUBLIC KEY BLOCK-----
\t
Enabled: no
Types: deb
URIs: http://disabled.test/debian
Suites: bookworm


types: deb-src
uris: http://source.test/debian
suites: bookworm

Types: deb
URIs: http://security.test/debian-security
Suites: bookworm-security
`,
    });
    expect(await mirrors('bookworm-updates')).toEqual(['http://one.test/debian', 'https://two.test/debian']);
    expect(await mirrors('bookworm')).toEqual(['http://one.test/debian', 'https://two.test/debian']);
    expect(await mirrors('bookworm-security')).toEqual(['http://security.test/debian-security']);
  });

  test('are read in apt’s order, and only those that apt reads', async () => {
    await apt({
      'sources.list.d/b.list': 'deb http://b.test/debian bookworm main\n',
      'sources.list.d/a.sources': 'Types: deb\nURIs: http://a.test/debian\nSuites: bookworm\n',
      'sources.list.d/c.list.disabled': 'deb http://c.test/debian bookworm main\n',
      'sources.list.d/d e.list': 'deb http://d.test/debian bookworm main\n',
      'sources.list': 'deb http://main.test/debian bookworm main\n',
    });
    expect(await mirrors('bookworm')).toEqual([
      'http://main.test/debian',
      'http://a.test/debian',
      'http://b.test/debian',
    ]);
  });

  test('of third parties that have a key ring of their own come last', async () => {
    await apt({
      'sources.list': `deb [signed-by=/etc/apt/keyrings/other.gpg] https://other.test/php bookworm main
deb http://one.test/debian bookworm main
`,
    });
    expect(await mirrors('bookworm')).toEqual(['http://one.test/debian', 'https://other.test/php']);
  });
});
