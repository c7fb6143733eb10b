/** Certificates are in containers as they were declared, and roll through while all understand each other. @long */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Project, story, tellAll } from './harness.ts';
import { containersOf, runInContainer } from './support/containers.ts';

const system = `import { authority, certificate, image, network, service, system } from 'holdfast';

export default system('NAME', () => {
  const tiny = image('tiny', { archive: 'tiny.tar' });
  const ca = authority('ca');
  const tls = certificate('tls', { by: ca, names: ['db', '127.0.0.1'] });
  service('db', {
    image: tiny,
    network: network('lan'),
    replicas: 2,
    user: '1000:1000',
    files: {
      '/run/secrets/tls.key': tls.key,
      '/run/secrets/tls.crt': tls.certificate,
      '/run/secrets/ca.crt': ca.certificate,
    },
    command: ['sh', '-c', 'sleep 86400'],
    stop: { grace: '1s' },
  });
});
`;

/** What an instance has: the PEM of its key, of what it shows, and of what it trusts. */
interface Held {
  readonly key: string;
  readonly shown: readonly string[];
  readonly trusted: readonly string[];
}

async function held({ name }: Project): Promise<readonly [Held, Held]> {
  const running = (await containersOf(name, { service: 'db' })).filter(one => one.running);
  const read = async (id: string, file: string) =>
    `${await runInContainer(id, 'cat', `/run/secrets/${file}`)}\n`.replaceAll('\r', '');
  const all = await Promise.all(
    running.map(async ({ id }) => ({
      key: await read(id, 'tls.key'),
      shown: certificatesIn(await read(id, 'tls.crt')),
      trusted: certificatesIn(await read(id, 'ca.crt')),
    })),
  );
  const [one, twin] = all;
  assert.ok(one && twin && all.length === 2);
  assert.deepEqual(one, twin, 'both instances have the same');
  return [one, twin];
}

const certificatesIn = (pem: string): readonly string[] =>
  pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g) ?? [];

/** Whether OpenSSL trusts what one shows by what another one trusts. */
async function trusts(project: Project, { trusted }: Held, { shown }: Held): Promise<boolean> {
  const [own = '', ...behind] = shown;
  await project.write('trusted.pem', trusted.join(''));
  await project.write('own.pem', own);
  await project.write('behind.pem', behind.join('') || own);
  const args = ['verify', '-x509_strict', '-verify_hostname', 'db', '-CAfile', 'trusted.pem'];
  return promisify(execFile)('openssl', [...args, '-untrusted', 'behind.pem', 'own.pem'], { cwd: project.folder }).then(
    () => true,
    () => false,
  );
}

/** Neither of two releases that run beside each other refuses the other. */
async function understand(project: Project, one: Held, other: Held): Promise<void> {
  assert.ok(await trusts(project, one, other));
  assert.ok(await trusts(project, other, one));
}

const noChanges = async ({ must }: Project): Promise<void> => assert.match((await must('plan')).stdout, /no changes/i);

story(
  'an authority is rotated in two releases, and those of neighbouring ones understand each other',
  async telling => {
    const project = await telling.project({ system });
    const { must } = project;
    await must('up', '--yes');
    const [before] = await held(project);
    assert.deepEqual([before.shown.length, before.trusted.length], [1, 1]);
    assert.ok(new X509Certificate(before.shown[0] ?? '').checkHost('db'));
    await understand(project, before, before);
    await noChanges(project);

    await must('secret', 'rotate', 'ca');
    const { stdout: first } = await must('plan', '--out', 'first.plan');
    assert.match(first, /rotate +secret\/tls[\s\S]*another one: its authority is another one/);
    telling.say(first.trim().replaceAll('\n', '\n    '));
    await must('up', '--plan', 'first.plan', '--yes');
    const [during] = await held(project);
    assert.deepEqual([during.shown.length, during.trusted.length], [2, 2]);
    await understand(project, before, during);

    const { stdout: second } = await must('plan');
    assert.match(second, /rotate +secret\/ca[\s\S]*the same without what was trusted before/);
    await must('up', '--yes');
    const [after] = await held(project);
    assert.deepEqual([after.shown.length, after.trusted.length, after.key], [1, 1, during.key]);
    await understand(project, during, after);
    assert.equal(await trusts(project, after, before), false, 'the old authority is out');
    await noChanges(project);
    await isNowhere(project, [before, during, after]);
  },
);

/** No line of a key is in a plan, in a fact or in what commands print. */
async function isNowhere(project: Project, all: readonly Held[]): Promise<void> {
  const plan = await readFile(join(project.folder, 'first.plan'), 'utf8');
  const said = await Promise.all(
    [['journal', '--json'], ['status', '--json'], ['plan', '--json'], ['secret'], ['secret', 'show', 'tls']].map(
      async args => (await project.must(...args)).stdout,
    ),
  );
  const lines = all.flatMap(({ key }) => key.split('\n').filter(line => line.length > 10 && !line.startsWith('-')));
  assert.ok(lines.length >= 3);
  for (const line of lines) for (const text of [plan, ...said]) assert.ok(!text.includes(line));
}

await tellAll();
