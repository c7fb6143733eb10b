// WHAT the shop is. Where it lives is in holdfast.config.ts; script/start brings it up.
import {
  check,
  copy,
  debian,
  edge,
  failover,
  image,
  loss,
  migration,
  network,
  nodejs,
  npm,
  postgres,
  probe,
  promise,
  service,
  system,
  team,
  upstream,
  user,
} from 'holdfast';

// A new version is a new image. The fault is for those who want to see a bad release go back by itself: never-healthy
// or crash-worker. With standbys, the database is a cluster that fails over by itself: 2 is what production has.
const { SHOP_VERSION = '1', SHOP_FAULT = 'none', SHOP_STANDBYS = '0' } = process.env;
const standbys = Number(SHOP_STANDBYS);

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example', 'linus@shop.example'], onCall: 'weekly' });
  const stripe = upstream('stripe', { sla: '99.9%', endpoint: 'https://api.stripe.com' });

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

  const lan = network('lan');
  const db = postgres('db', { network: lan, database: 'shop', standbys, limits: { memory: '512MB' } });

  const runs = {
    image: app,
    network: lan,
    user: '10001:10001',
    env: { DATABASE_HOST: db.host, DATABASE_NAME: db.database, SHOP_FAULT },
    files: {
      '/run/secrets/database-user': db.user,
      '/run/secrets/database-password': db.password,
      '/etc/shop/database-authority.pem': db.authority,
    },
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
  const ordering = promise('a shopper can order', {
    by: crew,
    measured: probe.https(door.url('/')).answers(200).within('800ms'),
    objective: '99% over 7d',
    given: [stripe],
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
  promise('an order outlives the container of the database', {
    by: crew,
    checks: db.checks,
    survives: standbys > 0 ? [failover(db, { within: '30s', losing: 0 })] : [],
    rehearsed: 'monthly',
  });
});
