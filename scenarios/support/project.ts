import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Docker from 'dockerode';
import { installedPackage } from '../../packages/holdfast/src/cli/testing/installed.ts';
import { tinyRoot } from '../../packages/holdfast/src/providers/docker/testing/tiny-image.ts';
import type { ProjectFiles } from '../harness.ts';
import { type Block, ownBlock } from './blocks.ts';
import { type Ended, killAll, type Running, start } from './run.ts';

const repository = join(import.meta.dirname, '../..');

/** The engine's own door, to look past Holdfast at what is really there, and to do things by hand. */
export const docker = new Docker();

/** The real command line, run in the project's folder. */
export interface CommandLine {
  /** Runs it to its end. */
  holdfast(...args: string[]): Promise<Ended>;
  /** As above, and throws with all that it printed when it does not end with 0. */
  must(...args: string[]): Promise<Ended>;
  /** Starts it and goes on. What still runs when the project is removed is killed. */
  begin(...args: string[]): Running;
}

/** Put `PORTS` and `SUBNETS` in holdfast.config.ts: they are those of the environment `local`. */
export interface Project extends CommandLine, Block {
  readonly folder: string;
  /** What the command line runs with, beside the environment of this process. */
  readonly env: NodeJS.ProcessEnv;
  /** The system's name: put `NAME` in system.ts, and it stands there. */
  readonly name: string;
  /** The same command line under further environment variables. */
  given(env: NodeJS.ProcessEnv): CommandLine;
  /** Runs the command line with this on its standard input, and throws when it does not end with 0. */
  piped(input: string, ...args: string[]): Promise<Ended>;
  write(path: string, text: string): Promise<void>;
  /** Takes everything of this system off the engine, by its labels and not by Holdfast. */
  clear(): Promise<void>;
  /** Takes everything of this system off the engine, by its labels and not by Holdfast, and the folder too. */
  remove(): Promise<void>;
}

/** What was fetched and baked once serves all stories, so that none but those about baking needs the network. */
export const sharedStore = { HOLDFAST_CACHE: process.env.HOLDFAST_CACHE ?? join(repository, '.cache/bake') };

/**
 * A system.ts may name `./tiny.tar`: a root file system of a few tools, with busybox. The lock is the example shop's: an
 * edge with its own image and the recipes of the shop are there without the network.
 */
export async function project({ system, config = defaultConfig, files = {}, like }: ProjectFiles): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-story-'));
  const name = like?.name ?? `s${randomBytes(3).toString('hex')}`;
  const { ports, subnets } = like ?? (await ownBlock());
  const home = like?.folder ?? folder;
  const person = { XDG_STATE_HOME: join(home, '.state'), XDG_CONFIG_HOME: join(home, '.config') };
  const env = { ...sharedStore, ...person, NO_COLOR: '1', CI: '' };
  const own = installedPackage();
  const cli = [process.execPath, join(own, 'bin/holdfast.js')];
  const begun: Running[] = [];
  const given = (more: NodeJS.ProcessEnv, input = ''): CommandLine =>
    commandLine(args => {
      const running = start([...cli, ...args], { cwd: folder, env: { ...env, ...more }, input });
      begun.push(running);
      return running;
    });
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    const filled = text
      .replace(/\bNAME\b/g, name)
      .replaceAll('PORTS', String(ports))
      .replaceAll('SUBNETS', subnets);
    await writeFile(join(folder, path), filled);
  };
  await mkdir(join(folder, 'node_modules'));
  await symlink(own, join(folder, 'node_modules/holdfast'));
  await copyFile(join(repository, 'examples/shop/holdfast.lock'), join(folder, 'holdfast.lock'));
  if (like) await copyFile(join(like.folder, 'tiny.tar'), join(folder, 'tiny.tar'));
  else await writeFile(join(folder, 'tiny.tar'), await tinyRoot());
  const all = {
    'package.json': '{ "type": "module", "private": true }',
    'system.ts': system,
    'holdfast.config.ts': config,
    ...files,
  };
  for (const [path, text] of Object.entries(all)) await write(path, text);
  return {
    folder,
    env,
    name,
    ports,
    subnets,
    ...given({}),
    given,
    piped: (input, ...args) => given({}, input).must(...args),
    write,
    clear: () => removeAll(name),
    async remove() {
      for (const running of begun) killAll(running);
      if (!like) await removeAll(name);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const commandLine = (begin: (args: readonly string[]) => Running): CommandLine => ({
  begin: (...args) => begin(args),
  holdfast: (...args) => begin(args).ended,
  async must(...args) {
    const ended = await begin(args).ended;
    if (ended.code !== 0)
      throw new Error(
        `holdfast ${args.join(' ')} ended with ${ended.code ?? ended.signal}\n${ended.stdout}\n${ended.stderr}`,
      );
    return ended;
  },
});

const defaultConfig = `import { defineConfig, environment } from 'holdfast/config';

export default defineConfig({ environments: { local: environment({ ports: PORTS, subnets: 'SUBNETS', domain: 'NAME.localhost' }) } });
`;

export interface Labelled {
  readonly containers: readonly Docker.ContainerInfo[];
  readonly networks: readonly Docker.NetworkInspectInfo[];
  /** Those of the system itself. */
  readonly volumes: readonly Docker.VolumeInspectInfo[];
  /** Those of the files of a container, which go with it. */
  readonly ofFiles: readonly Docker.VolumeInspectInfo[];
  readonly images: readonly Docker.ImageInfo[];
}

/** Everything on the engine that carries the label of a system, or as an image that was baked, a tag of it. */
export async function labelled(system: string): Promise<Labelled> {
  const filters = { label: [`holdfast.system=${system}`] };
  const [containers, networks, volumes, images, tagged] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters: JSON.stringify(filters) as unknown as { label: string[] } }),
    docker.listImages({ all: true, filters: JSON.stringify(filters) }),
    docker.listImages(),
  ]);
  const baked = tagged.filter(one => tagsOf(system, one).length > 0 && !images.some(({ Id }) => Id === one.Id));
  const { own = [], ofFiles = [] } = Object.groupBy(volumes.Volumes ?? [], one =>
    one.Labels?.['holdfast.files'] === undefined ? 'own' : 'ofFiles',
  );
  return { containers, networks, volumes: own, ofFiles, images: [...images, ...baked] };
}

const tagsOf = (system: string, { RepoTags }: Docker.ImageInfo): readonly string[] =>
  (RepoTags ?? []).filter(tag => tag.startsWith(`holdfast/${system}/`));

/** Takes everything of a system off the engine, by its labels and tags and not by Holdfast. */
export async function removeAll(system: string): Promise<void> {
  const { containers, networks, volumes, ofFiles, images } = await labelled(system);
  const quietly = (work: Promise<unknown>): Promise<unknown> =>
    work.catch(error => (error.statusCode === 404 ? undefined : console.error(String(error))));
  // One by one: Engine 20.10 loses count of a network's endpoints when several leave at once, and then keeps it.
  for (const { Id } of containers) await quietly(docker.getContainer(Id).remove({ force: true, v: true }));
  await Promise.all(networks.map(({ Id }) => quietly(docker.getNetwork(Id ?? '').remove())));
  await Promise.all([...volumes, ...ofFiles].map(({ Name }) => quietly(docker.getVolume(Name).remove())));
  // What was baked may be another system's too, down to its digest: the tags go, and with the last of them the image.
  for (const tag of images.flatMap(one => tagsOf(system, one))) await quietly(docker.getImage(tag).remove());
  const { images: left } = await labelled(system);
  await removeImages(left.map(({ Id }) => Id));
}

/** One that another is built on can't go before it, and with the last that needs it may go by itself. */
async function removeImages(ids: readonly string[]): Promise<void> {
  const stay: string[] = [];
  for (const id of ids)
    await docker
      .getImage(id)
      .remove({ force: true })
      .catch(error => (error.statusCode === 404 ? undefined : stay.push(id)));
  if (stay.length === ids.length && stay.length > 0) console.error(`images stay: ${stay.join(', ')}`);
  else if (stay.length > 0) await removeImages(stay);
}
