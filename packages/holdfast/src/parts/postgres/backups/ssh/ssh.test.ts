import { describe, expect, test } from 'vitest';
import type { Problems } from '../../../../kit/problem.ts';
import { network } from '../../../../model/network.ts';
import { secret } from '../../../../model/secret.ts';
import { system } from '../../../../model/system.ts';
import { resourcesOf } from '../../../../model/system-model.ts';
import { secretsIn } from '../../../../model/value.ts';
import { type PostgresOptions, postgres, type SshOptions } from '../../../postgres.ts';

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDBmbWlvd2V0ZXN0a2V5MDAwMDAwMDAwMDAwMDAw';

function declared(ssh: Partial<SshOptions> = {}, more: Partial<PostgresOptions> = {}) {
  const model = system('shop', () => {
    const key = secret('backup-key');
    postgres('db', {
      network: network('lan', { internal: true }),
      backups: { ssh: { host: 'backup.example.org', hostKey, key, ...ssh } },
      ...more,
    });
  });
  const spec = (name: string) => resourcesOf(model, 'service').find(one => one.name === name)?.spec;
  const told = (path: string) => spec(more.standbys ? 'db-1' : 'db')?.files[path];
  return { model, spec, told, backups: resourcesOf(model, 'cluster')[0]?.spec.backups };
}

describe('a database whose backups another machine keeps', () => {
  const { model, spec, told, backups } = declared();

  test('has no volume for them, and a way out that only servers have', () => {
    expect(resourcesOf(model, 'volume').map(({ name }) => name)).not.toContain('db-backups');
    expect(Object.keys(spec('db')?.mounts ?? {})).toEqual(['/var/lib/postgresql/data']);
    expect(spec('db')?.networks).toEqual(['network/lan', 'network/db-backups']);
    expect(resourcesOf(model, 'network').find(({ name }) => name === 'db-backups')?.spec.internal).toBe(false);
  });

  test('knows that machine by its key alone, and shows its own', () => {
    expect(told('/etc/holdfast/postgres/known_hosts')?.content).toBe(`repository ${hostKey}\n`);
    expect(told('/etc/holdfast/postgres/ssh.conf')?.content).toMatch(
      /HostKeyAlias repository\n {2}StrictHostKeyChecking yes/,
    );
    const key = told('/run/secrets/pgbackrest/ssh.key');
    expect(key).toMatchObject({ mode: '0400', owner: '999:999' });
    expect(secretsIn(key?.content ?? '')).toEqual(['backup-key']);
  });

  test('sends that machine no secret by file', () => {
    const sent = JSON.stringify(told('/etc/holdfast/postgres/there.conf')?.content);
    expect(sent).toContain('pg1-host-type=tls');
    expect(sent).not.toMatch(/cipher-pass|repo1-host/);
  });

  test('is restored by the same way, on the networks of its clients', () => {
    expect(backups).toMatchObject({
      at: 'pgbackrest@backup.example.org:/var/lib/pgbackrest',
      restored: { reads: {}, run: { networks: ['network/lan', 'network/db-backups'] } },
    });
    expect(Object.keys(backups?.restored.run.files ?? {})).toContain('/run/secrets/pgbackrest/ssh.key');
  });

  test('is told of by a check where the archive does not take what is written', () => {
    expect(JSON.stringify(resourcesOf(model, 'check'))).toContain('pg_ls_archive_statusdir');
    expect(JSON.stringify(resourcesOf(declared({}, { backups: {} }).model, 'check'))).not.toContain('archive_status');
  });
});

test('of a cluster the members alone have the way out', () => {
  const { model, spec } = declared({}, { standbys: 1 });
  expect(resourcesOf(model, 'network').find(({ name }) => name === 'db')?.spec.internal).toBe(true);
  expect(spec('db-2')?.networks).toEqual(['network/db', 'network/db-backups']);
  for (const name of ['db', 'db-etcd-1']) expect(spec(name)?.networks).not.toContain('network/db-backups');
});

test('a network that is named is the way, and the only one where it is that of the clients', () => {
  const model = system('shop', () => {
    const lan = network('lan');
    const ssh = { host: 'backup.example.org', hostKey, key: secret('backup-key'), network: lan };
    postgres('db', { network: lan, backups: { ssh } });
  });
  expect(resourcesOf(model, 'service').find(({ name }) => name === 'db')?.spec.networks).toEqual(['network/lan']);
  expect(resourcesOf(model, 'network').map(({ name }) => name)).not.toContain('db-backups');
});

test.each([
  [{ host: 'backup example' }, 'ssh.host is "backup example"'],
  [{ port: 0 }, 'ssh.port is 0'],
  [{ user: 'Ada; rm' }, 'ssh.user is "Ada; rm"'],
  [{ path: 'backups' }, 'ssh.path is "backups"'],
  [{ path: '/var/../etc' }, 'ssh.path is "/var/../etc"'],
  [{ hostKey: 'SHA256:AAAA' }, 'ssh.hostKey is "SHA256:AAAA"'],
  [{ key: 'backup-key' }, 'ssh.key'],
  [{ hosts: 'x' }, 'ssh.hosts is not known here'],
])('%j is told to be wrong', (ssh, words) => {
  const told = (): readonly string[] => {
    try {
      declared(ssh as Partial<SshOptions>);
      return [];
    } catch (error) {
      return (error as Problems).problems.map(({ message }) => message);
    }
  };
  expect(told()).toContainEqual(expect.stringContaining(words));
});
