import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { TreeEntry } from '../../../../kit/tree.ts';
import { directoryOf, fileOf, symlinkOf } from '../tree/content.ts';
import { datedKeystore } from './keystore.ts';
import { settle } from './settle.ts';

const epoch = 1_750_000_000;
const later = epoch + 86_400;
const before = (...entries: readonly TreeEntry[]) => ({
  epoch,
  at: (path: string) => entries.find(entry => entry.path === path),
});
const settled = (entries: readonly TreeEntry[], there: readonly TreeEntry[] = [], removed: readonly string[] = []) =>
  settle({ entries, removed }, before(...there));
const paths = async (...entries: readonly TreeEntry[]) => (await settled(entries)).entries.map(({ path }) => path);

test('what is other each time goes: logs, locks, backups, caches, bytecode', async () => {
  const gone = [
    'etc/passwd-',
    'etc/.pwd.lock',
    'var/lib/dpkg/status-old',
    'var/lib/dpkg/triggers/Lock',
    'var/cache/ldconfig/aux-cache',
    'var/cache/debconf/templates.dat-old',
    'var/log/dpkg.log',
    'var/log/apt/history.log',
    'run/lock/x',
    'tmp/x',
    'usr/lib/python3/__pycache__/x.cpython-311.pyc',
    'root/.rnd',
  ];
  const stays = ['etc/passwd', 'root/.profile', 'var/cache/debconf/config.dat', 'var/lib/shells.state'];
  expect(await paths(...[...gone, ...stays].map(path => fileOf(path, 'x', later)))).toEqual(stays.toSorted());
});

test('an empty log stays, and so do folders for what runs: they have owners', async () => {
  expect(await paths(fileOf('var/log/btmp', '', later, 0o660), directoryOf('run/web', later))).toEqual([
    'run/web',
    'var/log/btmp',
  ]);
});

test('what no two instances may share is taken out, links to it too, and told with what makes it anew', async () => {
  const { entries, perInstance } = await settled([
    fileOf('etc/ssh/ssh_host_rsa_key', 'secret', later),
    fileOf('etc/ssh/ssh_host_rsa_key.pub', 'public', later),
    fileOf('etc/ssl/certs/ssl-cert-snakeoil.pem', 'cert', later),
    symlinkOf('etc/ssl/certs/88500470.0', 'ssl-cert-snakeoil.pem', later),
    symlinkOf('etc/ssl/certs/other.0', 'other.pem', later),
    fileOf('var/lib/mysql/ibdata1', 'data', later),
    fileOf('var/lib/mysql/mysql/user.frm', 'data', later),
  ]);
  expect(entries.map(({ path }) => path)).toEqual(['etc/ssl/certs/other.0']);
  expect(perInstance.map(({ path, remade }) => [path, remade.split(' ')[0]])).toEqual([
    ['/etc/ssh/ssh_host_rsa_key', 'ssh-keygen'],
    ['/etc/ssh/ssh_host_rsa_key.pub', 'ssh-keygen'],
    ['/etc/ssl/certs/88500470.0', 'make-ssl-cert'],
    ['/etc/ssl/certs/ssl-cert-snakeoil.pem', 'make-ssl-cert'],
    ['/var/lib/mysql', 'mariadb-install-db'],
  ]);
});

test('no time is later than the epoch, and a folder that was there keeps its own', async () => {
  const { entries } = await settled(
    [fileOf('etc/motd', 'hello', later), fileOf('etc/old', 'x', 5), directoryOf('etc', later)],
    [directoryOf('etc', 7)],
  );
  expect(entries.map(({ path, mtime }) => [path, mtime])).toEqual([
    ['etc', 7],
    ['etc/motd', epoch],
    ['etc/old', 5],
  ]);
});

test('folders of what changed come along as they were', async () => {
  const db = { ...directoryOf('var/lib/db', 7), uid: 100, mode: 0o700 };
  const { entries } = await settled([fileOf('var/lib/db/conf', 'x', later)], [db]);
  expect(entries).toContainEqual(db);
});

test('only what was there is taken away', async () => {
  expect((await settled([], [fileOf('etc/x', '', 1)], ['etc/x', 'etc/y'])).removed).toEqual(['etc/x']);
});

test('packages that are left half-done are named', async () => {
  const status =
    'Package: fine\nStatus: install ok installed\n\nPackage: web\nStatus: install ok half-configured\nVersion: 1\n\n';
  await expect(settled([fileOf('var/lib/dpkg/status', status, later)])).rejects.toThrow(
    'Packages are not configured: web',
  );
});

const text = (value: string): Buffer => Buffer.concat([number(value.length, 2), Buffer.from(value)]);
const number = (value: number, bytes: number): Buffer =>
  Buffer.from(value.toString(16).padStart(bytes * 2, '0'), 'hex');

/** As sun.security.provider.JavaKeyStore writes it: with tag 1 a key, with tag 2 a certificate. */
function keystore(date: number, tag = 2): Buffer {
  const entry = (alias: string): readonly Buffer[] => [
    number(tag, 4),
    text(alias),
    number(date, 8),
    text('X.509'),
    number(3, 4),
    Buffer.from('DER'),
  ];
  const body = Buffer.concat([
    number(0xfeedfeed, 4),
    number(2, 4),
    number(2, 4),
    ...entry('debian:one.pem'),
    ...entry('debian:two.pem'),
  ]);
  const password = Buffer.from('\0c\0h\0a\0n\0g\0e\0i\0t');
  return Buffer.concat([body, createHash('sha1').update(password).update('Mighty Aphrodite').update(body).digest()]);
}

test("Java's certificates are dated to the epoch and sealed again; keys are left alone", async () => {
  expect(datedKeystore(keystore(1_790_000_000_000), epoch)).toEqual(keystore(epoch * 1000));
  const keys = keystore(1_790_000_000_000, 1);
  expect(datedKeystore(keys, epoch)).toEqual(keys);
  const { entries } = await settled([fileOf('etc/ssl/certs/java/cacerts', keystore(5), later)]);
  expect(entries[0]?.content).toEqual(keystore(epoch * 1000));
});
