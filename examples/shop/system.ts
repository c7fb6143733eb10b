// WHAT the shop is. Where it lives is in holdfast.config.ts; script/start brings it up.
import {
  check,
  copy,
  debian,
  edge,
  image,
  loss,
  migration,
  network,
  nodejs,
  npm,
  packages,
  probe,
  promise,
  run,
  secret,
  service,
  system,
  team,
  upstream,
  user,
  volume,
} from 'holdfast';

// A new version is a new image. The fault is for those who want to see a bad release go back by itself: never-healthy
// or crash-worker.
const { SHOP_VERSION = '1', SHOP_FAULT = 'none' } = process.env;

// PostgreSQL's just-in-time compiler: 130 MB that a shop does without.
const justInTime = [
  '/usr/lib/*/libLLVM*',
  '/usr/lib/*/libz3.so*',
  '/usr/lib/postgresql/*/lib/llvmjit*',
  '/usr/lib/postgresql/*/lib/bitcode/*',
];

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example', 'linus@shop.example'], onCall: 'weekly' });
  upstream('stripe', { sla: '99.9%', endpoint: 'https://api.stripe.com' });

  // Baked of Debian's packages and npm's, at the versions that holdfast.lock holds. What all begin with is there once.
  const base = image('base', { base: debian('bookworm', { packages: ['ca-certificates'] }) });

  const app = image('app', {
    base,
    steps: [user('app'), nodejs('24'), npm.ci('app', { omit: 'dev' }), copy('app', '/app')],
    user: 'app',
    workdir: '/app',
    env: { NODE_ENV: 'production', SHOP_VERSION },
    command: ['node', 'server.ts'],
    ports: [8080],
  });
  check(app, it => {
    it.command('node --version').prints('v24');
    it.file('/app/server.ts').isOwnedBy('root');
  });

  const postgres = image('postgres', {
    base,
    steps: [
      // Ids that are known beforehand, since files and secrets name them.
      user('postgres', { uid: 999, home: '/var/lib/postgresql', shell: '/bin/sh' }),
      packages(['postgresql-15'], { exclude: justInTime }),
      copy('postgres/entrypoint', '/usr/local/bin/postgres-entrypoint', { mode: '0755' }),
      run('install -d -o postgres -g postgres -m 0700 /var/lib/postgresql/data'),
    ],
    user: 'postgres',
    entrypoint: ['postgres-entrypoint'],
    ports: [5432],
    // Fast shutdown: the default signal would wait for every client to leave by itself.
    stopSignal: 'SIGINT',
  });
  check(postgres, it => {
    it.command('/usr/lib/postgresql/15/bin/postgres --version').prints('15.');
    it.user('postgres').hasUid(999);
  });

  const lan = network('lan');
  const password = secret('database-password', { generate: 32 });

  const db = service('db', {
    image: postgres,
    network: lan,
    user: '999:999',
    ports: { postgres: 5432 },
    mounts: { '/var/lib/postgresql/data': volume('data') },
    files: { '/run/secrets/database-password': password },
    health: probe.command(['pg_isready', '--quiet', '--host', '127.0.0.1', '--username', 'shop']),
    stop: { grace: '30s' },
    limits: { memory: '512MB' },
  });

  const runs = {
    image: app,
    network: lan,
    user: '10001:10001',
    env: { DATABASE_HOST: db.host, SHOP_FAULT },
    files: { '/run/secrets/database-password': password },
    limits: { memory: '256MB' },
  } as const;

  const web = service('web', {
    ...runs,
    replicas: 3,
    ports: { http: 8080 },
    health: probe.http('http', '/healthz'),
    before: migration('schema', { command: ['node', 'migrate.ts'] }),
  });

  const worker = service('worker', {
    ...runs,
    command: ['node', 'worker.ts'],
    ports: { http: 8080 },
    health: probe.http('http', '/healthz'),
    // Its tables come with the migration that web brings.
    needs: [web],
  });

  const door = edge('door', { network: lan, routes: { [env.domain]: web.port('http') } });

  // What others may rely on. `holdfast docs` writes it down, with what shows it.
  const answering = check(web, it => {
    it.http('http', '/healthz').eventually('10s').answers(200);
    it.http('http', '/products').answers(200);
  });
  const packing = check(worker, it => {
    it.http('http', '/healthz').eventually('10s').answers(200);
  });
  const keeping = check(db, it => {
    it.mount('/var/lib/postgresql/data').isMounted();
    it.directory('/var/lib/postgresql/data').isOwnedBy('postgres').hasMode('0700');
  });

  const ordering = promise('a shopper can order', {
    by: crew,
    measured: probe.https(door.url('/')).answers(200).within('800ms'),
    objective: '99% over 7d',
    checks: [answering],
    survives: [loss(web, 1)],
    rehearsed: 'weekly',
  });
  promise('an order that was taken is packed', {
    by: crew,
    given: [ordering],
    checks: [packing],
    rehearsed: 'weekly',
  });
  promise('an order outlives the container of the database', { by: crew, checks: [keeping], rehearsed: 'monthly' });
});
