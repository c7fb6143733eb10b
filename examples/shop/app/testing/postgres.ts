import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
}

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
    ExposedPorts: { [port]: {} },
    HostConfig: {
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Binds: [`${join(secrets, 'database-password')}:/run/secrets/database-password:ro`],
      PortBindings: { [port]: [{ HostIp: '127.0.0.1', HostPort: '' }] },
    },
  });
  await container.start();
  const settings = { host: '127.0.0.1', port: await hostPort(container), name: 'shop', user: 'shop', password };
  await untilItAnswers(settings, Date.now() + 30_000);
  return {
    settings,
    async [Symbol.asyncDispose]() {
      await container.remove({ force: true, v: true });
      await docker.getImage(Image).remove();
      await rm(secrets, { recursive: true });
    },
  };
}

/** The shop's own, under a name that nobody else's is removed with. */
async function bakedImage(repository: string): Promise<string> {
  const bake = ['bake', 'postgres', '--locked', '--no-seal', '--json', '--to', `engine:${repository}`];
  const { stdout } = await promisify(execFile)(process.execPath, [holdfast, ...bake], { cwd: shop });
  return JSON.parse(stdout).brought[0].as;
}

async function hostPort(container: Docker.Container): Promise<number> {
  const { NetworkSettings } = await container.inspect();
  return Number(NetworkSettings.Ports[port]?.[0]?.HostPort);
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
