// Plain Patroni, with its defaults and the settings of its own samples: three members, three etcd, and HAProxy.
import { readFileSync } from 'node:fs';
import { copy, debian, image, network, packages, probe, run, secret, service, system, user, volume } from 'holdfast';

const text = (name: string): string => readFileSync(`${import.meta.dirname}/${name}`, 'utf8');
const three = [1, 2, 3];

export default system('NAME', () => {
  const base = debian('bookworm', { packages: ['ca-certificates'] });
  // As the image of postgres().
  const server = image('db', {
    base,
    steps: [
      user('postgres', { uid: 999, home: '/var/lib/postgresql', shell: '/bin/sh' }),
      packages(['postgresql-15', 'openssh-client', 'patroni', 'pgbackrest'], {
        exclude: [
          '/usr/lib/*/libLLVM*',
          '/usr/lib/*/libz3.so*',
          '/usr/lib/postgresql/*/lib/llvmjit*',
          '/usr/lib/postgresql/*/lib/bitcode/*',
        ],
      }),
      run('install -d -o postgres -g postgres -m 0700 /var/lib/postgresql/data'),
      copy('patroni.yml', '/etc/patroni/patroni.yml'),
      copy('database', '/etc/patroni/database', { mode: '0755' }),
    ],
    user: 'postgres',
    ports: [5432],
    stopSignal: 'SIGINT',
  });
  const etcd = image('etcd', {
    base,
    steps: [packages(['etcd-server']), run('install -d -o 999 -g 999 -m 0700 /data')],
    ports: [2379, 2380],
  });
  const haproxy = image('haproxy', { base, steps: [packages(['haproxy'])], ports: [5432] });
  const lan = network('lan');
  const files = {
    '/run/secrets/password': secret('password', { generate: 32 }),
    '/run/secrets/key': secret('tls-key'),
    '/run/secrets/certificate': secret('tls-certificate'),
  };

  for (const one of three)
    service(`etcd-${one}`, {
      image: etcd,
      network: lan,
      user: '999:999',
      mounts: { '/data': volume(`etcd-${one}`) },
      command: [
        ...['etcd', '--name', `etcd-${one}`, '--data-dir', '/data/etcd'],
        ...['--listen-client-urls', 'http://0.0.0.0:2379', '--advertise-client-urls', `http://etcd-${one}:2379`],
        ...['--listen-peer-urls', 'http://0.0.0.0:2380', '--initial-advertise-peer-urls', `http://etcd-${one}:2380`],
        ...['--initial-cluster', three.map(peer => `etcd-${peer}=http://etcd-${peer}:2380`).join()],
      ],
    });

  for (const one of three)
    service(`pg-${one}`, {
      image: server,
      network: lan,
      user: '999:999',
      mounts: { '/var/lib/postgresql/data': volume(`pg-${one}`) },
      command: ['patroni', '/etc/patroni/patroni.yml'],
      env: {
        PATRONI_NAME: `pg-${one}`,
        PATRONI_RESTAPI_CONNECT_ADDRESS: `pg-${one}:8008`,
        PATRONI_POSTGRESQL_CONNECT_ADDRESS: `pg-${one}:5432`,
      },
      files,
      ports: { postgres: 5432, patroni: 8008 },
    });

  service('db', {
    image: haproxy,
    network: lan,
    user: 'haproxy',
    command: ['haproxy', '-W', '-db', '-f', '/etc/haproxy.cfg'],
    files: { '/etc/haproxy.cfg': text('haproxy.cfg') },
    ports: { postgres: 5432 },
    health: probe.tcp('postgres'),
  });
});
