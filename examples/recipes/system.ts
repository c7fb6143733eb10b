// Images of well-known software, each a recipe: what it is made of, what it is started with, and what must be so of it.
// `holdfast bake` bakes, examines and seals them; it needs nothing but this file, and the lock beside it.
import { check, copy, debian, image, nodejs, packages, system, user } from 'holdfast';

export default system('recipes', () => {
  // What all of them begin with: their layers on top of it are small, and this one is there once.
  const base = image('base', { base: debian('bookworm', { packages: ['ca-certificates'] }) });

  const nginx = image('nginx', {
    base,
    steps: [packages(['nginx'])],
    command: ['nginx', '-g', 'daemon off;'],
    ports: [80],
    stopSignal: 'SIGQUIT',
  });
  check(nginx, it => {
    it.command('nginx -t').exits(0);
    it.port(80).listens();
    it.http(80, '/').answers(200);
  });

  const postgres = image('postgres', {
    base,
    steps: [
      user('postgres', { uid: 999, home: '/var/lib/postgresql', shell: '/bin/sh' }),
      // The just-in-time compiler: 130 MB that a small database does without.
      packages(['postgresql-15'], {
        exclude: [
          '/usr/lib/*/libLLVM*',
          '/usr/lib/*/libz3.so*',
          '/usr/lib/postgresql/*/lib/llvmjit*',
          '/usr/lib/postgresql/*/lib/bitcode/*',
        ],
      }),
      copy('files/postgres', '/usr/local/bin/postgres-start', { mode: '0755' }),
    ],
    user: 'postgres',
    command: ['postgres-start'],
    ports: [5432],
    stopSignal: 'SIGINT',
  });
  check(postgres, it => {
    it.command('/usr/lib/postgresql/15/bin/postgres --version').prints('PostgreSQL) 15.');
    it.user('postgres').hasUid(999);
    it.port(5432).listens();
  });

  const redis = image('redis', {
    base,
    steps: [packages(['redis-server'])],
    user: 'redis',
    command: ['redis-server', '--protected-mode', 'no', '--dir', '/tmp'],
    ports: [6379],
  });
  check(redis, it => {
    it.command('redis-server --version').prints('Redis server v=7');
    it.port(6379).listens();
  });

  const haproxy = image('haproxy', {
    base,
    steps: [packages(['haproxy']), copy('files/haproxy.cfg', '/etc/haproxy/haproxy.cfg')],
    user: 'haproxy',
    command: ['haproxy', '-W', '-db', '-f', '/etc/haproxy/haproxy.cfg'],
    ports: [8080],
    stopSignal: 'SIGUSR1',
  });
  check(haproxy, it => {
    it.command('haproxy -c -f /etc/haproxy/haproxy.cfg').exits(0);
    it.http(8080, '/').answers(200);
  });

  const ssh = image('ssh', {
    base,
    steps: [packages(['openssh-server'])],
    // Host keys are no part of an image: every container would have the same.
    command: ['sh', '-ec', 'ssh-keygen -A; mkdir -p /run/sshd; exec /usr/sbin/sshd -D -e'],
    ports: [22],
  });
  check(ssh, it => {
    it.file('/etc/ssh/ssh_host_ed25519_key').not.exists();
    it.port(22).listens();
  });

  const python = image('python', {
    base,
    steps: [packages(['python3'])],
    user: 'app',
    command: ['python3', '-m', 'http.server', '8000', '--directory', '/etc/ssl/certs'],
    ports: [8000],
  });
  check(python, it => {
    it.command('python3 --version').prints('Python 3.11');
    it.user('app').exists();
    it.http(8000, '/').answers(200);
  });

  const caddy = image('caddy', {
    base,
    steps: [packages(['caddy'])],
    user: 'caddy',
    env: { XDG_DATA_HOME: '/tmp', XDG_CONFIG_HOME: '/tmp' },
    command: ['caddy', 'file-server', '--root', '/usr/share/caddy', '--listen', ':8080'],
    ports: [8080],
  });
  check(caddy, it => {
    it.command('caddy version').exits(0);
    it.http(8080, '/').answers(200);
  });

  const node = image('node', {
    base,
    steps: [nodejs('24', { npm: true })],
    user: 'node',
    command: ['node', '--version'],
  });
  check(node, it => {
    it.command('node --version').prints('v24');
    it.command('npm --version').exits(0);
  });
});
