// WHAT the shop is. Where it lives is in holdfast.config.ts; script/start brings it up.
import { edge, image, migration, network, probe, secret, service, system, team, upstream, volume } from 'holdfast';

// A new version is a new image. The fault is for those who want to see a bad release go back by itself: never-healthy
// or crash-worker.
const { SHOP_VERSION = '1', SHOP_FAULT = 'none' } = process.env;

export default system('shop', env => {
  team('crew', { people: ['ada@shop.example', 'linus@shop.example'], onCall: 'weekly' });
  upstream('stripe', { sla: '99.9%', endpoint: 'https://api.stripe.com' });

  // Root file systems out of Debian's packages: images/prepare makes them.
  const node = image('node', { archive: '.cache/node.tar' });
  const postgres = image('postgres', {
    dockerfile: 'images/postgres/Dockerfile',
    args: { BASE: image('postgres-base', { archive: '.cache/postgres.tar' }) },
  });
  const caddy = image('caddy', { archive: '.cache/caddy.tar' });
  const app = image('app', { dockerfile: 'app/Dockerfile', args: { BASE: node, SHOP_VERSION } });

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

  const run = {
    image: app,
    network: lan,
    user: '10001:10001',
    env: { DATABASE_HOST: db.host, SHOP_FAULT },
    files: { '/run/secrets/database-password': password },
    limits: { memory: '256MB' },
  } as const;

  const web = service('web', {
    ...run,
    replicas: 3,
    ports: { http: 8080 },
    health: probe.http('http', '/healthz'),
    before: migration('schema', { command: ['node', 'migrate.ts'] }),
  });

  service('worker', {
    ...run,
    command: ['node', 'worker.ts'],
    ports: { http: 8080 },
    health: probe.http('http', '/healthz'),
    // Its tables come with the migration that web brings.
    needs: [web],
  });

  edge('door', { image: caddy, network: lan, routes: { [env.domain]: web.port('http') } });
});
