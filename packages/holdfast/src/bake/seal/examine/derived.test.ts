import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ImageConfig } from '../../../model/spec/recipe.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';
import { folder, link, program, type Told, treeWith } from '../testing/tree.ts';
import { derivedChecks } from './derived.ts';
import type { Candidate } from './examine.ts';
import { setIdFiles } from './whole-image.ts';

const none: ImageConfig = { env: {}, labels: {}, ports: [] };

const sound: Readonly<Record<string, Told>> = {
  'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\napp:x:10001:10001::/nonexistent:/usr/sbin/nologin\n',
  'etc/group': 'root:x:0:\napp:x:10001:\n',
  app: folder(),
  'app/start.sh': program('#!/bin/sh -e\nexec node\n'),
  bin: link('usr/bin'),
  'usr/bin/dash': program(),
  'usr/bin/sh': link('dash'),
  'var/lib/dpkg/status':
    'Package: dash\nStatus: install ok installed\n\nPackage: old\nStatus: deinstall ok config-files\n',
};

const settings: ImageConfig = { ...none, user: 'app:app', workdir: '/app', command: ['./start.sh'] };

const candidate = (tree: ImageTree, of: ImageConfig, checks: Candidate['checks'] = []): Candidate => ({
  image: { digest: 'sha256:a', layers: [] },
  tree,
  settings: of,
  checks,
});

async function failures(told: Readonly<Record<string, Told>>, of: ImageConfig = settings) {
  await using tree = await treeWith(told);
  return (await derivedChecks(candidate(tree, of)))
    .filter(({ ok }) => !ok)
    .map(({ sentence, found }) => `${sentence}: ${found}`);
}

const without = (path: string) => Object.fromEntries(Object.entries(sound).filter(([key]) => key !== path));

const pem = (type: 'pkcs8' | 'sec1') =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type, format: 'pem' }) as string;

describe('what follows from the declaration', () => {
  test('holds for a sound image, and says what was looked at', async () => {
    await using tree = await treeWith(sound);
    const all = await derivedChecks(candidate(tree, settings));
    expect(all.map(({ ok, sentence }) => `${ok} ${sentence}`)).toEqual([
      'true user app, whom it runs as, exists',
      'true group app, which it runs as, exists',
      'true /app, where it is started, is a directory',
      'true ./start.sh, which it starts, is there and executable',
      'true what ./start.sh is interpreted by is there',
      'true every Debian package is installed whole',
      'true the image has no secret in it',
      'true the image has no file with a set-id bit but those of its packages',
      'true the image has no system path that everybody may write to',
    ]);
  });

  test.each<[string, Readonly<Record<string, Told>>, ImageConfig, string]>([
    ['a user that nobody made', sound, { ...settings, user: 'web' }, 'user web, whom it runs as, exists: root, app'],
    [
      'a group that nobody made',
      sound,
      { ...settings, user: '10001:web' },
      'group web, which it runs as, exists: root, app',
    ],
    [
      'a folder that is missing',
      sound,
      { ...settings, workdir: '/srv', command: ['sh'] },
      '/srv, where it is started, is a directory: there is none',
    ],
    [
      'a folder that is a file',
      sound,
      { ...none, workdir: '/usr/bin/sh' },
      '/usr/bin/sh, where it is started, is a directory: file',
    ],
    [
      'a program that is missing',
      sound,
      { ...none, command: ['node', 'x'], env: { PATH: '/bin:/usr/bin' } },
      'node, which it starts, is there and executable: not at /bin/node, /usr/bin/node',
    ],
    [
      'an entrypoint that is missing',
      sound,
      { ...none, entrypoint: ['/init'], command: ['sh'] },
      '/init, which it starts, is there and executable: not at /init',
    ],
    [
      'a program that is not executable',
      { ...sound, 'app/start.sh': '#!/bin/sh\n' },
      settings,
      './start.sh, which it starts, is there and executable: /app/start.sh is no executable file',
    ],
    [
      'an interpreter that is missing',
      without('usr/bin/dash'),
      settings,
      'what ./start.sh is interpreted by is there: there is no executable file of this path',
    ],
    [
      'a package that is half there',
      { ...sound, 'var/lib/dpkg/status': 'Package: nginx\nStatus: install ok half-configured\n' },
      settings,
      'every Debian package is installed whole: nginx: install ok half-configured',
    ],
    [
      'a private key',
      { ...sound, 'app/.env.txt': `KEY\n${pem('pkcs8')}` },
      settings,
      'the image has no secret in it: /app/.env.txt',
    ],
    [
      'an older form of key, by its name, where programs are',
      { ...sound, 'usr/lib/x/tls.key': pem('sec1') },
      settings,
      'the image has no secret in it: /usr/lib/x/tls.key',
    ],
    [
      'a host key of ssh',
      { ...sound, 'etc/ssh/ssh_host_ed25519_key': 'x' },
      settings,
      'the image has no secret in it: /etc/ssh/ssh_host_ed25519_key',
    ],
    [
      'a file that runs as root, and that no package brought',
      { ...sound, 'app/become': { ...(program() as object), mode: 0o4755 } },
      settings,
      'the image has no file with a set-id bit but those of its packages: /app/become',
    ],
    [
      'a setting that everybody may change',
      {
        ...sound,
        'etc/app.conf': { ...(program('a=b') as object), mode: 0o666 },
        'srv/open': folder({ mode: 0o1777 }),
      },
      settings,
      'the image has no system path that everybody may write to: /etc/app.conf',
    ],
  ])('tells of %s', async (_, told, of, expected) => {
    expect(await failures(told, of)).toEqual([expected]);
  });

  test('takes neither a public key nor a text about keys for a private one', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const about =
      "const begin = '-----BEGIN PRIVATE KEY-----\\n';\n-----BEGIN PRIVATE KEY-----\nis how a key begins, as everybody knows by now who reads this.\n";
    const told = { 'app/a.pem': publicKey.export({ type: 'spki', format: 'pem' }) as string, 'app/about.js': about };
    expect(await failures({ ...sound, ...told, 'app/node_modules/x/test/fixtures/a.pem': pem('pkcs8') })).toEqual([]);
  });

  test('says nothing of numbers, and nothing where nothing is declared', async () => {
    expect(await failures(sound, { ...none, user: '4242:4242' })).toEqual([]);
    await using empty = await treeWith({});
    expect((await derivedChecks(candidate(empty, none))).map(({ sentence }) => sentence)).toEqual([
      'the image has no secret in it',
      'the image has no file with a set-id bit but those of its packages',
      'the image has no system path that everybody may write to',
    ]);
  });

  test('takes a file that runs as root from a package that is declared', async () => {
    const su = {
      'usr/bin/su': { ...(program() as object), mode: 0o4755 },
      'var/lib/dpkg/info/util-linux.list': '/bin/su\n',
    };
    expect(await failures({ ...sound, ...su })).toEqual([]);
    const bbsuid = { 'sbin/bbsuid': { ...(program() as object), mode: 0o4111 } };
    const installed = 'P:busybox\nV:1.36\nF:etc\nR:motd\n\nP:busybox-suid\nV:1.36\nF:sbin\nR:bbsuid\n\n';
    expect(await failures({ ...sound, ...bbsuid, 'lib/apk/db/installed': installed })).toEqual([]);
  });

  test('leaves to a check what it says, or denies', async () => {
    await using tree = await treeWith({ ...sound, 'etc/app.conf': { ...(program('a=b') as object), mode: 0o666 } });
    const assertions = [{ of: { type: 'image' }, matcher: 'hasNoWorldWritable', negated: true } as const];
    const checks = [{ name: 'open', spec: { target: 'image/web', assertions } } as const];
    const all = await derivedChecks(candidate(tree, settings, checks));
    expect(all.map(({ sentence }) => sentence)).not.toContain(
      'the image has no system path that everybody may write to',
    );
    expect(all.every(({ ok }) => ok)).toBe(true);
  });

  test('lists what runs as its owner', async () => {
    await using tree = await treeWith({
      'usr/bin/su': { ...(program() as object), mode: 0o4755 },
      'usr/bin/sh': program(),
      tmp: folder({ mode: 0o2777 }),
    });
    expect(setIdFiles(tree)).toEqual(['/usr/bin/su']);
  });
});
