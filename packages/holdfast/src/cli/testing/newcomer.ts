import { spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { connectDocker } from '../../providers/docker/index.ts';
import { tinyRoot } from '../../providers/docker/testing/tiny-image.ts';
import { installedPackage } from './installed.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real command line in a folder of its own. `NAME`, `PORTS` and `SUBNETS` in files stand for what nobody else has. */
export async function newcomer(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'hf-cli-'));
  const name = `hfcli${randomBytes(3).toString('hex')}`;
  const filled = (text: string): string =>
    text
      .replaceAll('NAME', name)
      .replaceAll('PORTS', String(21_000 + randomInt(80) * 100))
      .replaceAll('SUBNETS', `10.${100 + randomInt(130)}.0.0/16`);
  const write = async (path: string, content: string | Buffer): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), typeof content === 'string' ? filled(content) : content);
  };
  const env = { XDG_STATE_HOME: join(folder, '.state'), XDG_CONFIG_HOME: join(folder, '.config'), NO_COLOR: '1' };
  await write('package.json', '{ "type": "module" }');
  await write('tiny.tar', await tinyRoot());
  for (const [path, text] of Object.entries(files)) await write(path, text);
  await mkdir(join(folder, 'node_modules'));
  await symlink(installedPackage(), join(folder, 'node_modules/holdfast'));
  return {
    folder,
    name,
    write,
    holdfast: (...args: string[]) => run(args, folder, env),
    /** The same with something piped in, and under further variables. */
    given: (input: string, more: NodeJS.ProcessEnv, ...args: string[]) => run(args, folder, { ...env, ...more }, input),
    async [Symbol.asyncDispose]() {
      await removeAll(name);
      await rm(folder, { recursive: true });
    },
  };
}

export const program = join(installedPackage(), 'bin/holdfast.js');

export function run(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
  input: string | Buffer = '',
): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], { cwd, env: { ...process.env, ...env } });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', text => {
      said[stream] += text;
    });
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', code => resolve({ code, ...said }));
  });
}

async function removeAll(system: string): Promise<void> {
  const { docker } = await connectDocker();
  const filters = { label: [`holdfast.system=${system}`] };
  const containers = await docker.listContainers({ all: true, filters });
  await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })));
  for (const { Id } of await docker.listNetworks({ filters })) await docker.getNetwork(Id).remove();
  const { Volumes } = await docker.listVolumes({ filters: JSON.stringify(filters) as never });
  for (const { Name } of Volumes ?? []) await docker.getVolume(Name).remove();
  const images = await docker.listImages({ filters: JSON.stringify(filters) });
  for (const { Id } of images) await docker.getImage(Id).remove({ force: true });
}
