import assert from 'node:assert/strict';
import { cp, readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { root, type Telling } from '../harness.ts';
import { containersOf } from './containers.ts';
import { ask, type LoadTarget } from './load.ts';
import { docker, type Project } from './project.ts';

/** The example shop under a name and ports of its own. */
export interface Shop extends LoadTarget {
  readonly project: Project;
  /** Its system.ts, with the name in it. To be changed and written anew. */
  readonly system: string;
}

const example = join(root, 'examples/shop');

/** A copy of examples/shop, with nothing of it up yet. Health is waited for no longer than 15 s. */
export async function copyOfShop({ project }: Pick<Telling, 'project'>): Promise<Shop> {
  const system = (await readFile(join(example, 'system.ts'), 'utf8'))
    .replace("system('shop'", "system('NAME'")
    .replaceAll("probe.http('http', '/healthz')", "probe.http('http', '/healthz', { within: '15s' })");
  const made = await project({ system });
  for (const folder of ['app', 'order.ts'])
    await cp(join(example, folder), join(made.folder, folder), { recursive: true });
  return { project: made, system, port: made.ports, host: `${made.name}.localhost:${made.ports}` };
}

/** As {@link copyOfShop}, and up. */
export async function openShop(telling: Telling): Promise<Shop> {
  const shop = await copyOfShop(telling);
  const { seconds } = await shop.project.must('up', '--yes');
  telling.say(`the shop is up after ${seconds.toFixed(1)} s`);
  return shop;
}

export interface Order {
  readonly id: string;
  readonly state: string;
  readonly customer: string;
}

export const placeOrder = async (shop: LoadTarget, customer: string): Promise<Order> =>
  JSON.parse(await ask(shop, 'POST', '/orders', { body: JSON.stringify({ product: 'tea', quantity: 2, customer }) }));

export const readOrder = async (shop: LoadTarget, id: string): Promise<Order> =>
  JSON.parse(await ask(shop, 'GET', `/orders/${id}`));

/** What each instance of web says that it is, asked past the edge. */
export async function versionsOf({ project }: Shop): Promise<readonly string[]> {
  const web = (await containersOf(project.name, { service: 'web' })).filter(one => one.running);
  return Promise.all(web.map(({ id }) => versionOf(id)));
}

async function versionOf(id: string): Promise<string> {
  const { NetworkSettings } = await docker.getContainer(id).inspect();
  const [network] = Object.values(NetworkSettings.Networks);
  const answer = await new Promise<string>((resolve, reject) => {
    get({ host: network?.IPAddress, port: 8080, path: '/version', agent: false }, async response =>
      resolve(Buffer.concat(await response.toArray()).toString()),
    ).on('error', reject);
  });
  return JSON.parse(answer).version;
}

/** Every instance of web is of this version, and there are so many. */
export async function assertAllOf(shop: Shop, version: string, replicas = 3): Promise<void> {
  assert.deepEqual(await versionsOf(shop), Array(replicas).fill(version));
}
