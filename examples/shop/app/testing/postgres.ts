import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import Docker from 'dockerode';
import { openDatabase, whyUnreachable } from '../database.ts';
import type { Settings } from '../settings.ts';

const shop = join(import.meta.dirname, '../..');
const holdfast = join(shop, '../../packages/holdfast/bin/holdfast.js');
const port = '5432/tcp';

/** A PostgreSQL out of the shop's own image, empty, on a free port of this machine. */
export interface Postgres extends AsyncDisposable {
  readonly settings: Settings['database'];
  /** One of its processes is killed: all connections are lost, and it recovers. */
  crash(): Promise<void>;
}

/** Without what holdfast puts beside it: one database, one user, and a certificate that it signs itself. */
const start = `
  PATH="$(echo /usr/lib/postgresql/*/bin):$PATH" && cd /tmp
  if [ ! -e data/PG_VERSION ]; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -addext subjectAltName=DNS:localhost \\
      -keyout server.key -out server.pem
    initdb --pgdata data --username shop --pwfile /run/secrets/database-password --auth scram-sha-256
    echo 'hostssl shop shop all scram-sha-256' >>data/pg_hba.conf
    echo 'create database shop' | postgres --single -D data postgres
  fi
  exec postgres -D data -c listen_addresses='*' -c unix_socket_directories=/tmp \\
    -c ssl=on -c ssl_key_file=/tmp/server.key -c ssl_cert_file=/tmp/server.pem`;

/** Bakes the image first, where the cache lacks it: that takes half a minute and the network. */
export async function startPostgres(docker = new Docker()): Promise<Postgres> {
  // With a quote in it: passwords are not chosen to be easy.
  const password = `it's ${randomBytes(6).toString('hex')}`;
  const secrets = await mkdtemp(join(tmpdir(), 'shop-test-'));
  await writeFile(join(secrets, 'database-password'), `${password}\n`, { mode: 0o444 });
  const name = `shop-test-${randomBytes(4).toString('hex')}`;
  const Image = await bakedImage(name);
  const container = await docker.createContainer({
    name,
    Image,
    Entrypoint: ['sh', '-ec', start],
    ExposedPorts: { [port]: {} },
    HostConfig: {
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Binds: [`${join(secrets, 'database-password')}:/run/secrets/database-password:ro`],
      PortBindings: { [port]: [{ HostIp: '127.0.0.1', HostPort: '' }] },
    },
  });
  await container.start();
  const server = { host: 'localhost', port: await hostPort(container), name: 'shop', user: 'shop', password };
  const settings = { ...server, authority: await authorityOf(container, Date.now() + 30_000) };
  await untilItAnswers(settings, Date.now() + 30_000);
  return {
    settings,
    async crash() {
      const own = openDatabase(settings);
      await own.query("copy (select) to program 'kill -KILL $PPID'").catch(() => undefined);
      await own.end();
    },
    async [Symbol.asyncDispose]() {
      await container.remove({ force: true, v: true });
      await docker.getImage(Image).remove();
      await rm(secrets, { recursive: true });
    },
  };
}

/** The shop's own, under a name that nobody else's is removed with. */
async function bakedImage(repository: string): Promise<string> {
  const bake = ['bake', 'db', '--locked', '--no-seal', '--json', '--to', `engine:${repository}`];
  const { stdout } = await promisify(execFile)(process.execPath, [holdfast, ...bake], { cwd: shop });
  return JSON.parse(stdout).brought[0].as;
}

async function hostPort(container: Docker.Container): Promise<number> {
  const { NetworkSettings } = await container.inspect();
  return Number(NetworkSettings.Ports[port]?.[0]?.HostPort);
}

/** The certificate that it has made for itself. */
async function authorityOf(container: Docker.Container, deadline: number): Promise<string> {
  try {
    const tar = await text(await container.getArchive({ path: '/tmp/server.pem' }));
    return tar.slice(tar.indexOf('-----BEGIN'), tar.lastIndexOf('-----') + 5);
  } catch (error) {
    if (Date.now() > deadline) throw error;
    await pause(200);
    return authorityOf(container, deadline);
  }
}

async function untilItAnswers(settings: Settings['database'], deadline: number): Promise<void> {
  const database = openDatabase(settings);
  const reason = await whyUnreachable(database);
  await database.end();
  if (!reason) return;
  if (Date.now() > deadline) throw new Error(`PostgreSQL did not answer: ${reason}`);
  await pause(200);
  return untilItAnswers(settings, deadline);
}
