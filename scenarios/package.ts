/** The package as a newcomer gets it: packed, installed by npm into an empty folder elsewhere, and used. */
import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { tinyRoot } from '../packages/holdfast/src/providers/docker/testing/tiny-image.ts';
import { labelled, root, shared, story, type Telling, tellAll } from './harness.ts';
import { removeAll } from './support/project.ts';
import { type Ended, start } from './support/run.ts';

const packed = shared(async telling => {
  const folder = await temporary(telling, 'holdfast-packed-');
  const { stdout } = await must(root, ['npm', 'pack', '-w', 'holdfast', '--json', '--pack-destination', folder]);
  const { filename, files } = firstOf(JSON.parse(stdout.slice(stdout.search(/^[[{]/m))));
  return { tarball: join(folder, filename), files: files.map(({ path }) => path) };
});

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** npm 11 tells a list, and later ones an object by name. */
const firstOf = (told: readonly Packed[] | Readonly<Record<string, Packed>>): Packed => {
  const [first] = Object.values(told);
  assert.ok(first);
  return first;
};

story('the tarball has the program and its types, and neither sources nor tests', async () => {
  const { files } = await packed();
  for (const file of [
    'bin/holdfast.js',
    'dist/bundle/main.js',
    'dist/index.d.ts',
    'dist/config.d.ts',
    'dist/bundle/child.js',
  ])
    assert.ok(files.includes(file), file);
  assert.deepEqual(
    files.filter(file => /^src|\.test\.|bad-input|(?<!\.d)\.ts$/.test(file)),
    [],
  );
  assert.deepEqual(
    files.filter(file => /^dist\/(?!bundle\/)(?!.*\.d\.ts$)/.test(file)),
    [],
    'what runs is in the bundle alone',
  );
});

for (const major of [24, 26])
  story(`on Node ${major}: init, plan, up, status, down, in an empty folder`, async telling => {
    const newcomer = await installed(telling, await nodeOf(major));
    const { holdfast, folder } = newcomer;
    assert.match((await holdfast('--version')).stdout, /^\d+\.\d+\.\d+$/m);

    await writeFile(join(folder, 'root.tar'), await tinyRoot());
    await holdfast('init', '--name', newcomer.name, '--archive', 'root.tar');
    await onOwnPorts(newcomer);
    if (major === 24) await typesAreRight(newcomer);

    assert.match((await holdfast('plan')).stdout, /create +service\/hello/);
    const { seconds } = await holdfast('up', '--yes');
    telling.say(`up after ${seconds.toFixed(1)} s`);
    assert.match((await holdfast('plan')).stdout, /No changes/);
    assert.match((await holdfast('status')).stdout, /hello\.1 +up/);
    assert.match((await holdfast('logs', 'hello')).stdout, /Hello from local!/);
    assert.match((await holdfast('exec', 'hello', '--', 'echo', 'inside')).stdout, /inside/);
    assert.match((await holdfast('journal', 'verify')).stdout, /whole/);

    await holdfast('down', '--yes');
    const left = await labelled(newcomer.name);
    assert.deepEqual([left.containers, left.networks, left.images, left.volumes].flat(), []);
  });

story('the first system that init writes by itself comes up and answers', async telling => {
  const newcomer = await installed(telling, process.execPath);
  await newcomer.holdfast('init', '--name', newcomer.name);
  await onOwnPorts(newcomer);
  await newcomer.holdfast('up', '--yes');
  const answer = await fetch(`http://127.0.0.1:${newcomer.ports}/`);
  assert.equal(await answer.text(), 'Hello from local!\n');
  const again = await newcomer.run('init');
  assert.equal(again.code, 2);
  assert.match(again.stderr, /here already/);
});

interface Newcomer {
  readonly folder: string;
  readonly name: string;
  readonly ports: number;
  run(...args: string[]): Promise<Ended>;
  /** As above, and throws when it does not end with 0. */
  holdfast(...args: string[]): Promise<Ended>;
}

async function installed(telling: Telling, node: string): Promise<Newcomer> {
  const { tarball } = await packed();
  const folder = await temporary(telling, 'holdfast-newcomer-');
  const name = `s${randomBytes(3).toString('hex')}`;
  telling.after(() => removeAll(name));
  await must(folder, ['npm', 'install', '--no-audit', '--no-fund', tarball]);
  const command = [node, join(folder, 'node_modules/.bin/holdfast')];
  const person = { XDG_STATE_HOME: join(folder, '.state'), XDG_CONFIG_HOME: join(folder, '.config') };
  const env = { ...person, NO_COLOR: '1' };
  return {
    folder,
    name,
    ports: 20_000 + randomInt(100) * 100,
    run: (...args) => start([...command, ...args], { cwd: folder, env }).ended,
    holdfast: (...args) => must(folder, [...command, ...args], env),
  };
}

/** Beside other systems on this engine. */
async function onOwnPorts({ folder, ports }: Newcomer): Promise<void> {
  const file = join(folder, 'holdfast.config.ts');
  const subnets = `10.${100 + randomInt(130)}.0.0/16`;
  const config = await readFile(file, 'utf8');
  await writeFile(file, config.replace(/ports: \d+/, `ports: ${ports}, subnets: '${subnets}'`));
}

async function typesAreRight({ folder }: Newcomer): Promise<void> {
  await must(folder, ['npm', 'install', '--no-audit', '--no-fund', '-D', 'typescript@7', '@types/node@24']);
  await must(folder, [join(folder, 'node_modules/.bin/tsc'), '--noEmit']);
  await writeFile(join(folder, 'wrong.ts'), "import { network } from 'holdfast';\nnetwork(4);\n");
  const wrong = await start([join(folder, 'node_modules/.bin/tsc'), '--noEmit'], { cwd: folder }).ended;
  assert.match(wrong.stdout, /wrong\.ts.*number.*string/, 'the types are really read');
  await rm(join(folder, 'wrong.ts'));
}

/** The one that runs this, where it is of the version; else the npm registry's platform package, kept in .cache. */
async function nodeOf(major: number): Promise<string> {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const kept = join(root, '.cache', `node-${major}`);
  const program = join(kept, 'bin/node');
  if (existsSync(program)) return program;
  const platform = `node-${process.platform}-${process.arch}`;
  const draft = await mkdtemp(join(await made(dirname(kept)), 'node-'));
  await must(draft, ['npm', 'pack', '--silent', `${platform}@${major}`]);
  await must(draft, ['sh', '-c', 'tar -xzf *.tgz']);
  await rename(join(draft, 'package'), kept);
  await rm(draft, { recursive: true });
  return program;
}

async function made(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return folder;
}

async function temporary(telling: Telling, prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  telling.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function must(cwd: string, command: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const ended = await start(command, { cwd, env }).ended;
  assert.equal(ended.code, 0, `${command.join(' ')}\n${ended.stdout}\n${ended.stderr}`);
  return ended;
}

await tellAll();
