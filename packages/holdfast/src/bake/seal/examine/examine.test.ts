import { expect, test } from 'vitest';
import { sha256 } from '../../../kit/hash.ts';
import { check } from '../../../model/check.ts';
import { image } from '../../../model/image.ts';
import type { ImageConfig } from '../../../model/spec/recipe.ts';
import type { ImageSubjects } from '../../../model/subjects/targets.ts';
import { system } from '../../../model/system.ts';
import { resourcesOf } from '../../../model/system-model.ts';
import { folder, link, program, treeWith } from '../testing/tree.ts';
import type { OpenTrials } from '../trial/trial.ts';
import { examine } from './examine.ts';

const settings: ImageConfig = { env: {}, labels: {}, ports: [8080] };

const digest = `sha256:${'a'.repeat(64)}` as const;
const baked = { digest, layers: [{ digest, size: 2_048, file: 'layer.tar', by: 'copy' }] };

/** What the layers tell must need no container. */
const noContainer: OpenTrials = () => Promise.reject(new Error('a container was asked for'));

async function examined(...says: ((it: ImageSubjects) => void)[]): Promise<readonly string[]> {
  await using tree = await treeWith({
    'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\napp:x:10001:10001::/nonexistent:/usr/sbin/nologin\n',
    'etc/group': 'app:x:10001:\nstaff:x:50:app,root\n',
    'var/lib/dpkg/status': 'Package: util-linux\nStatus: install ok installed\nVersion: 2.38.1-5\n',
    'var/lib/dpkg/info/util-linux.list': '/.\n/bin/su\n',
    'usr/bin/su': { ...(program() as object), mode: 0o4755 },
    bin: link('usr/bin'),
    'usr/bin/node': program(),
    'app/a.js': 'console.log(1)',
    app: folder(),
    'app/data': folder({ mode: 0o750, uid: 10_001, gid: 10_001 }),
    'app/current': link('a.js'),
    'app/lost': link('/gone'),
    'app/round': link('round'),
  });
  const model = system('shop', () => {
    const web = image('web', { archive: './web.tar' });
    for (const say of says) check(web, say);
  });
  const results = await examine(
    { image: baked, tree, settings, checks: resourcesOf(model, 'check') },
    noContainer,
    new AbortController().signal,
  );
  return results.map(({ ok, check, sentence, found }) => `${ok ? 'ok' : found}: ${check}: ${sentence}`);
}

test('files and users are looked at in the layers alone, links followed', async () => {
  expect(
    await examined(
      it => {
        it.file('/bin/node').isExecutable().isFile();
        it.file('/app/current').isLinkTo('a.js').contains('log(1)').not.isDirectory();
        it.file('/app/data').isDirectory().hasMode('0750').isOwnedBy('app:app');
        it.file('/app/lost').not.exists();
        it.file('/').isDirectory();
      },
      it => {
        it.file('/app').isReadOnly();
        it.file('/app/a.js').isReadOnly().hasMode('0600');
        it.file('/app/lost').isFile();
        it.file('/app/round').exists();
        it.user('app').hasUid(10_001).hasShell('/bin/sh');
        it.user('web').not.hasUid(0);
      },
    ),
  ).toEqual([
    'ok: web: /bin/node is executable',
    'ok: web: /bin/node is a file',
    'ok: web: /app/current is a symbolic link to a.js',
    'ok: web: /app/current contains "log(1)"',
    'ok: web: /app/current is not a directory',
    'ok: web: /app/data is a directory',
    'ok: web: /app/data has mode 0750',
    'ok: web: /app/data is owned by app:app',
    'ok: web: /app/lost does not exist',
    'a symbolic link to /gone, which is not there: web-2: /app/lost is a file',
    'ok: web: / is a directory',
    'others may write to /app/data: web-2: /app is read-only for all but root',
    'ok: web-2: /app/a.js is read-only for all but root',
    'mode 0644: web-2: /app/a.js has mode 0600',
    'a symbolic link to round, which leads in a circle: web-2: /app/round exists',
    'ok: web-2: user app has uid 10001',
    'shell /usr/sbin/nologin: web-2: user app has shell /bin/sh',
    'there is none among root, app: web-2: user web does not have uid 0',
  ]);
});

test('a container is asked for where a command is to be run', async () => {
  await expect(examined(it => void it.command('node -v').exits(0))).rejects.toThrow('a container was asked for');
});

test('so are directories, groups, packages and the image as a whole', async () => {
  expect(
    await examined(it => {
      it.directory('/app').has('a.js').not.isEmpty().hasMode('0755');
      it.directory('/app/data').isEmpty();
      it.directory('/app/a.js').exists();
      it.file('/app/a.js').hasSha256('d'.repeat(64));
      it.group('staff').hasGid(50).hasMember('app');
      it.group('app').hasMember('app');
      it.user('app').isIn('staff').isIn('app').not.canLogIn();
      it.package('util-linux').hasVersion('2.38');
      it.package('nginx').isInstalled();
      it.image().hasDigest(digest).hasLayersUpTo(1).isSmallerThan('3kB').runsAs('root').hasNoSecret().hasNoSetId();
    }),
  ).toEqual([
    'ok: web: directory /app has a.js in it',
    'ok: web: directory /app is not empty',
    'ok: web: directory /app has mode 0755',
    'ok: web: directory /app/data is empty',
    'there is a file: web: directory /app/a.js exists',
    `SHA-256 ${sha256('console.log(1)')}: web: /app/a.js has SHA-256 ${'d'.repeat(64)}`,
    'ok: web: group staff has gid 50',
    'ok: web: group staff has app as a member',
    'ok: web: group app has app as a member',
    'ok: web: user app is in group staff',
    'ok: web: user app is in group app',
    'ok: web: user app cannot log in',
    'ok: web: package util-linux has version 2.38',
    'it is not installed: web: package nginx is installed',
    `ok: web: the image has the digest ${digest}`,
    'ok: web: the image has at most 1 layer',
    'ok: web: the image is smaller than 3kB',
    'ok: web: the image runs as root',
    'ok: web: the image has no secret in it',
    '/usr/bin/su (of util-linux): web: the image has no file with a set-id bit',
  ]);
});
