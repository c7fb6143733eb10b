import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aptSources, ClassicBuild } from './support/classic-build.ts';
import { type Measured, measure, median, report } from './support/measure.ts';
import { type Ground, usualDisk } from './support/usual-disk.ts';

/**
 * Baking, whole process, against mmdebstrap and the Engine's classic build on the same machine in the same run. `cold`
 * begins with an empty folder: index, packages, configuration, image; both on the same fresh file system. `warm` is another checkout on the same machine,
 * up to an image on disk in OCI's layout. The others end with the image on the Engine, as a classic build does.
 */
const root = join(import.meta.dirname, '..');
const cli = [process.execPath, join(root, 'packages/holdfast/bin/holdfast.js')];
const runs = Number(process.env.BENCH_RUNS ?? 3);

/** Where a project is, and which engine it works on. */
type Place = Pick<Ground, 'folder' | 'env'>;
const machine: Place = { folder: tmpdir(), env: {} };

class Project implements AsyncDisposable {
  readonly folder: string;

  readonly #env: NodeJS.ProcessEnv;

  constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.folder = folder;
    this.#env = env;
  }

  static async of(program: string, { folder: place, env }: Place = machine): Promise<Project> {
    const folder = await mkdtemp(join(place, 'holdfast-bench-'));
    await mkdir(join(folder, 'node_modules'));
    await symlink(join(root, 'packages/holdfast'), join(folder, 'node_modules/holdfast'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module", "private": true }');
    const project = new Project(folder, env);
    await project.write('system.ts', program);
    return project;
  }

  write(path: string, text: string): Promise<void> {
    return writeFile(join(this.folder, path), text);
  }

  bake(...args: string[]): Promise<Measured> {
    const env = {
      ...this.#env,
      XDG_STATE_HOME: join(this.folder, 'state'),
      NO_COLOR: '1',
      HOLDFAST_CACHE: join(this.folder, 'cache'),
    };
    return measure([...cli, 'bake', '--no-seal', ...args], { cwd: this.folder, env });
  }

  async forget(...paths: string[]): Promise<void> {
    for (const path of paths) await rm(join(this.folder, path), { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

const system = (body: string): string => `import { copy, debian, image, packages, system } from 'holdfast';

export default system('bench', () => {
${body}
});
`;

const both = (name: string, ours: Measured, peer: Measured, peerName: string): void =>
  report('bake', { case: name, ours: ours.seconds, peer: peer.seconds, peerName, unit: 's' });

/** As mmdebstrap's minbase: with the package that can make a merged /usr, and all of perl that it wants: 109 packages. */
const minbase = system(
  `  image('node', { base: debian('bookworm', { set: 'minbase', packages: ['nodejs', 'usrmerge'], exclude: [] }) });`,
);

async function coldAndWarm(): Promise<void> {
  await using disk = await usualDisk();
  await using project = await Project.of(minbase, disk);
  await using work = await scratch(disk);
  await writeFile(join(work.folder, 'sources.list'), aptSources());
  const strap = [
    'mmdebstrap',
    '--quiet',
    '--variant=minbase',
    '--include=nodejs',
    'bookworm',
    'root.tar',
    'sources.list',
  ];
  const peer = () =>
    measure(strap, { cwd: work.folder, env: { TMPDIR: disk.folder, SOURCE_DATE_EPOCH: '1700000000' } });
  const [ours, theirs]: [Measured[], Measured[]] = [[], []];
  // One after the other each time, so that what else the machine does meets both.
  for (let count = 0; count < runs; count += 1) {
    await project.forget('cache', 'holdfast.lock', '.holdfast');
    ours.push(await project.bake());
    theirs.push(await peer());
  }
  const [cold, strapped] = [middle(ours), middle(theirs)];
  both('cold', cold, strapped, 'mmdebstrap');
  report('bake', {
    case: 'cold memory',
    ours: cold.megabytes,
    peer: strapped.megabytes,
    peerName: 'mmdebstrap',
    unit: 'MB',
  });

  await using other = await Project.of(minbase, disk);
  for (const path of ['cache', 'holdfast.lock'])
    await cp(join(project.folder, path), join(other.folder, path), { recursive: true });
  const warm = await median(runs, async () => {
    await other.forget('out', 'cache/images', '.holdfast');
    return other.bake('--to', 'oci:out');
  });
  both('warm', warm, strapped, 'mmdebstrap, which keeps nothing');
  both('unchanged', await median(runs, () => other.bake()), strapped, 'mmdebstrap, which keeps nothing');
}

const middle = (all: readonly Measured[]): Measured =>
  all.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(all.length / 2)] as Measured;

/** nginx on a base that both have: theirs by apt-get in a classic build, ours as a step. */
async function deltaNginx(): Promise<void> {
  const base = `  const base = image('base', { base: debian('bookworm', { set: 'minbase', packages: ['ca-certificates'], exclude: [] }) });`;
  await using project = await Project.of(system(base));
  await project.bake('--to', 'engine:holdfast-bench');
  await using classic = await ClassicBuild.on('holdfast-bench/base');
  await project.write(
    'system.ts',
    system(`${base}\n  image('nginx', { base, steps: [packages(['nginx'], { exclude: [] })] });`),
  );
  const [ours, theirs]: [Measured[], Measured[]] = [[], []];
  for (let count = 0; count < runs; count += 1) {
    await project.forget('.holdfast', 'cache/images');
    await forgetLayers(project, 'packages nginx');
    ours.push(await project.bake('nginx', '--to', 'engine:holdfast-bench'));
    await classic.forget();
    theirs.push(await classic.build('RUN apt-get update && apt-get install -y --no-install-recommends nginx'));
    spawnSync('docker', ['image', 'rm', '--force', ...tagsOf('holdfast-bench/nginx')]);
  }
  both('delta-nginx', middle(ours), middle(theirs), 'docker build (classic)');
}

/** One file of an application changes. */
async function appOnly(): Promise<void> {
  const body = `  const base = image('base', { base: debian('bookworm', { set: 'minbase', packages: ['nodejs'], exclude: [] }) });
  image('app', { base, steps: [copy('app', '/app')], command: ['node', '/app/server.js'] });`;
  await using project = await Project.of(system(body));
  await mkdir(join(project.folder, 'app'));
  const edit = (text: string) => project.write('app/server.js', `console.log('${text}');\n`);
  await edit('first');
  await project.bake('--to', 'engine:holdfast-bench');
  await using classic = await ClassicBuild.on('holdfast-bench/base');
  await cp(join(project.folder, 'app'), join(classic.folder, 'app'), { recursive: true });
  await classic.build('COPY app /app');
  const [ours, theirs]: [Measured[], Measured[]] = [[], []];
  for (let count = 0; count < runs; count += 1) {
    await edit(`change ${count}`);
    ours.push(await project.bake('app', '--to', 'engine:holdfast-bench'));
    await writeFile(join(classic.folder, 'app/server.js'), `console.log('change ${count}');\n`);
    theirs.push(await classic.build('COPY app /app'));
  }
  both('app-only', middle(ours), middle(theirs), 'docker build (classic)');
}

async function forgetLayers({ folder }: Project, about: string): Promise<void> {
  const found = spawnSync('grep', ['-l', '--recursive', about, join(folder, 'cache/layers')], { encoding: 'utf8' });
  for (const path of found.stdout.trim().split('\n').filter(Boolean)) await rm(path);
}

const tagsOf = (repository: string): readonly string[] =>
  spawnSync('docker', ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', repository], { encoding: 'utf8' })
    .stdout.trim()
    .split('\n')
    .filter(Boolean);

async function scratch({ folder: place }: Place): Promise<{ readonly folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(place, 'holdfast-bench-'));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

await coldAndWarm();
await deltaNginx();
await appOnly();
for (const image of ['base', 'nginx', 'app']) {
  const tags = tagsOf(`holdfast-bench/${image}`);
  if (tags.length > 0) spawnSync('docker', ['image', 'rm', '--force', ...tags]);
}
