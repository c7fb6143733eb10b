/**
 * Nothing can stop us: after one bake the network to the world is cut, and the shop comes up in an engine that has no
 * image at all, is repaired, scaled and rolled back. @long Needs root: it starts an engine in a network of its own.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { root, shared, story, type Telling, tellAll } from './harness.ts';
import { bake, complaints } from './support/bake/baked.ts';
import { type BoxedEngine, boxedEngine } from './support/bake/boxed-engine.ts';
import { prunedAndBack } from './support/bake/pruned.ts';
import { start } from './support/run.ts';
import { copyOfShop, type Shop } from './support/shop.ts';

const cli = [process.execPath, join(root, 'packages/holdfast/bin/holdfast.js')];
const sharedCache = { HOLDFAST_CACHE: process.env.HOLDFAST_CACHE ?? join(root, '.cache/bake') };

interface CutOff {
  readonly shop: Shop;
  readonly engine: BoxedEngine;
  /** The command line in the engine's network, and throws when it does not end with 0. */
  must(this: void, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<string>;
}

const cutOff = shared<CutOff>(async telling => {
  const shop = await copyOfShop(telling);
  const baked = await bake(shop.project, '--no-twice');
  assert.deepEqual(complaints(baked), [], 'baked while there is a network');
  const engine = await boxedEngine(telling);
  return { shop, engine, must: (args, env) => inside(shop, engine, args, env) };
});

async function inside(shop: Shop, engine: BoxedEngine, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { folder } = shop.project;
  const given = {
    ...sharedCache,
    ...engine.env,
    XDG_STATE_HOME: join(folder, '.state'),
    XDG_CONFIG_HOME: join(folder, '.config'),
    NO_COLOR: '1',
    CI: '',
    ...env,
  };
  const { code, stdout, stderr } = await start([...engine.inside, ...cli, ...args], { cwd: folder, env: given }).ended;
  assert.equal(code, 0, `holdfast ${args.join(' ')}\n${stdout}\n${stderr}`);
  return stdout;
}

/** Does it, and nothing was sent to the world meanwhile: not by Holdfast, the engine, or what runs in it. */
async function alone<T>({ engine }: CutOff, telling: Telling, what: string, work: () => Promise<T>): Promise<T> {
  const before = engine.sentToTheWorld();
  const since = performance.now();
  const done = await work();
  const sent = engine.sentToTheWorld() - before;
  telling.say(`${what}: ${((performance.now() - since) / 1000).toFixed(1)} s, ${sent} packets to the world`);
  assert.equal(sent, 0, what);
  return done;
}

story('what is sent to the world is seen, where something is', async () => {
  const { engine } = await cutOff();
  const before = engine.sentToTheWorld();
  const send = "require('node:dgram').createSocket('udp4').send('x', 53, '203.0.113.1', () => process.exit())";
  const { code, stderr } = await start([...engine.inside, process.execPath, '-e', send], { cwd: root }).ended;
  assert.equal(code, 0, stderr);
  assert.ok(engine.sentToTheWorld() > before, 'a packet was counted');
});

story('with the world cut off, the shop comes up in an empty engine', async telling => {
  const ground = await cutOff();
  assert.deepEqual(await ground.engine.docker.listImages({ all: true }), [], 'no image is there');
  await alone(ground, telling, 'up', () => ground.must(['up', '--yes']));
  const status = JSON.parse(await ground.must(['status', '--json']));
  assert.equal(status.well, true);
  const answer = await start([...ground.engine.inside, process.execPath, '-e', asks(ground.shop)], { cwd: root }).ended;
  assert.match(answer.stdout, /The Tea Shop/, answer.stderr);
});

story('what was killed or lost is there again after the next up', async telling => {
  const ground = await cutOff();
  const { docker } = ground.engine;
  const [lost, killed] = await containers(ground, 'web');
  await docker.getContainer(lost ?? '').remove({ force: true });
  await docker.getContainer(killed ?? '').kill();
  await alone(ground, telling, 'up after a loss', () => ground.must(['up', '--yes']));
  assert.equal((await containers(ground, 'web')).length, 3);
  const [one] = await containers(ground, 'web');
  await alone(ground, telling, 'a restart by hand', () => docker.getContainer(one ?? '').restart());
  assert.equal(JSON.parse(await ground.must(['status', '--json'])).well, true);
});

story('it scales, goes forward to another release, and back', async telling => {
  const ground = await cutOff();
  const { shop } = ground;
  await shop.project.write('system.ts', shop.system.replace('replicas: 3', 'replicas: 5'));
  await alone(ground, telling, 'to five instances', () => ground.must(['up', '--yes']));
  assert.equal((await containers(ground, 'web')).length, 5);
  await alone(ground, telling, 'a new version of the app', () => ground.must(['up', '--yes'], { SHOP_VERSION: '2' }));
  await alone(ground, telling, 'rollback', () => ground.must(['rollback', '--yes']));
  assert.equal((await containers(ground, 'web')).length, 5);
  const told = JSON.parse(await ground.must(['upstreams', '--json']));
  for (const { phase, rows } of told.phases)
    if (phase !== 'baking') assert.deepEqual(rows, [], `${phase} contacts no host`);
  assert.match(await ground.must(['upstreams']), /contact no host/);
});

story('a store that is pruned of all that it may keeps the way back', prunedAndBack);

async function containers({ shop, engine }: CutOff, service: string): Promise<readonly string[]> {
  const label = [`holdfast.system=${shop.project.name}`];
  const found = await engine.docker.listContainers({ filters: { label } });
  return found.filter(({ Names }) => Names[0]?.includes(`-${service}-`)).map(({ Id }) => Id);
}

const asks = ({ port, host }: Shop): string =>
  `require('node:http').get({ port: ${port}, headers: { host: '${host}' } }, r => r.pipe(process.stdout))`;

await tellAll();
