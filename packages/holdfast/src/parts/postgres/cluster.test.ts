import { describe, expect, test } from 'vitest';
import { network } from '../../model/network.ts';
import type { ServiceSpec } from '../../model/spec/service-spec.ts';
import { system } from '../../model/system.ts';
import { resourcesOf } from '../../model/system-model.ts';
import { type PostgresOptions, postgres } from '../postgres.ts';

function declared(more: Partial<PostgresOptions> = {}) {
  const model = system('shop', () => {
    postgres('db', { network: network('lan'), standbys: 2, ...more });
  });
  const services = new Map(resourcesOf(model, 'service').map(one => [one.name, one]));
  const specOf = (name: string) => services.get(name)?.spec as ServiceSpec;
  return { model, services, specOf, needsOf: (name: string) => services.get(name)?.needs };
}

/** What a file of a service says. */
const told = ({ files }: ServiceSpec, end: string): string =>
  String(Object.entries(files).find(([path]) => path.endsWith(end))?.[1].content);

const agreedIn = (more: Partial<PostgresOptions>) => {
  const job = resourcesOf(declared(more).model, 'job').find(({ name }) => name === 'db-settings');
  return JSON.parse(String(job?.spec.files['/etc/holdfast/postgres/agreed.json']?.content));
};

describe('a database with standbys', () => {
  const { model, services, specOf, needsOf } = declared();

  test('is members, three etcd, and a proxy of its name', () => {
    expect([...services.keys()].sort()).toEqual([
      'agent',
      'db',
      'db-1',
      'db-2',
      'db-3',
      'db-etcd-1',
      'db-etcd-2',
      'db-etcd-3',
    ]);
    expect(resourcesOf(model, 'cluster')).toMatchObject([
      {
        name: 'db',
        spec: {
          members: ['service/db-1', 'service/db-2', 'service/db-3'],
          etcd: ['service/db-etcd-1', 'service/db-etcd-2', 'service/db-etcd-3'],
          proxy: 'service/db',
          scope: 'db',
          strict: false,
        },
      },
    ]);
  });

  test('has members that are each alone with their data, and that nobody starts again but who knows that they are dead', () => {
    const members = ['db-1', 'db-2', 'db-3'].map(specOf);
    expect(members.map(({ restart }) => restart)).toEqual(['no', 'no', 'no']);
    expect(members.map(({ mounts }) => mounts['/var/lib/postgresql/data'])).toEqual([
      'volume/db-1',
      'volume/db-2',
      'volume/db-3',
    ]);
    expect(['db', 'db-etcd-1'].map(specOf).map(({ restart }) => restart)).toEqual(['always', 'always']);
  });

  test('replaces its members one after the other, and its etcd too', () => {
    expect(specOf('db-1').stopBefore).toEqual(['sh', '/etc/holdfast/postgres/leave']);
    expect(needsOf('db-2')).toContain('service/db-1');
    expect(needsOf('db-3')).toContain('service/db-2');
    expect(needsOf('db-etcd-3')).toContain('service/db-etcd-2');
    expect(needsOf('db-1')).toEqual(expect.arrayContaining(['service/db-etcd-3', 'job/db-settings']));
  });

  test('has addresses that stay, by which a name is known when who had it is dead', () => {
    const address = (n: number) => ({ $ref: { of: 'network/db', what: 'address', rest: String(n) } });
    expect(specOf('db-etcd-1').address).toEqual(address(1));
    expect(specOf('db-3').address).toEqual(address(13));
    expect(specOf('db').hosts).toEqual({ 'db-1': address(11), 'db-2': address(12), 'db-3': address(13) });
    expect(specOf('db-1').hosts).toMatchObject({ 'db-2': address(12), 'db-etcd-3': address(3) });
  });

  test('shows its clients the proxy alone', () => {
    const networks = [...services].map(([name, { spec }]) => [name, spec.networks.includes('network/lan')]);
    expect(networks.filter(([, isThere]) => isThere)).toEqual([['db', true]]);
    expect(resourcesOf(model, 'network').find(({ name }) => name === 'db')?.spec).toMatchObject({ internal: true });
  });

  test('knows members by certificates, and clients by the name of the database', () => {
    const certificates = resourcesOf(model, 'secret').flatMap(({ name, spec }) =>
      typeof spec.generate === 'object' && 'certificate' in spec.generate
        ? [[name, spec.generate.certificate.names]]
        : [],
    );
    expect(certificates).toEqual([
      ['db-certificate', ['db', 'db-1', 'db-2', 'db-3']],
      ['db-etcd-certificate', ['db-etcd-1', 'db-etcd-2', 'db-etcd-3']],
    ]);
  });

  test('leaves the proxy no key', () => {
    const secrets = Object.keys(specOf('db').files).filter(path => path.startsWith('/run/secrets/'));
    expect(secrets).toEqual(['/run/secrets/cluster/authority.pem']);
  });
});

describe('what its members agree on', () => {
  test('never goes below the backstop, and has synchronous standbys', () => {
    expect(agreedIn({})).toMatchObject({
      ttl: 20,
      loop_wait: 1,
      retry_timeout: 3,
      synchronous_mode: true,
      synchronous_mode_strict: false,
    });
    expect(agreedIn({ strict: true })).toMatchObject({ synchronous_mode_strict: true });
  });

  test('has the settings, without a new container', () => {
    const settings = { shared_buffers: '256MB', wal_keep_size: '2GB' };
    expect(agreedIn({ settings }).postgresql.parameters).toMatchObject(settings);
    expect(declared({ settings }).specOf('db-1')).toEqual(declared().specOf('db-1'));
  });

  test('archives what is written, and asks the archive for what is not kept any more', () => {
    expect(agreedIn({}).postgresql).toMatchObject({
      parameters: { archive_mode: true, archive_command: expect.stringContaining('archive-push') },
      recovery_conf: { restore_command: expect.stringContaining('/fetch %f') },
    });
    expect(agreedIn({ backups: false }).postgresql).not.toHaveProperty('recovery_conf');
  });

  test('lets nobody in without TLS, and nobody be superuser from elsewhere', () => {
    const access: readonly string[] = agreedIn({}).postgresql.pg_hba;
    const fromElsewhere = access.filter(line => !line.startsWith('local'));
    expect(fromElsewhere.filter(line => !line.endsWith('reject')).every(line => line.startsWith('hostssl'))).toBe(true);
    const first = fromElsewhere.find(line => /^\S+ all \S*postgres/.test(line));
    expect(first).toMatch(/reject$/);
  });
});

test('a member is told nothing that is secret in what it is configured by', () => {
  const config = JSON.parse(told(declared().specOf('db-2'), 'patroni.json'));
  expect(config).toMatchObject({ name: 'db-2', postgresql: { connect_address: 'db-2:5432' } });
  expect(JSON.stringify(config)).not.toMatch(/password/);
});
