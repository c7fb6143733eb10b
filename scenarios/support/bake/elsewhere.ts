import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandLine, Project, Telling } from '../../harness.ts';
import { root } from '../../harness.ts';
import { start } from '../run.ts';

/** What was fetched, and nothing that was baked, in a store of its own. */
export async function storeOfDownloads({ after }: Pick<Telling, 'after'>, under = '/var/tmp'): Promise<string> {
  const store = await mkdtemp(join(under, 'holdfast-store.'));
  after(() => rm(store, { recursive: true, force: true }));
  const shared = process.env.HOLDFAST_CACHE ?? join(root, '.cache/bake');
  await cp(join(shared, 'files'), join(store, 'files'), { recursive: true });
  return store;
}

/** All that is other than where a project was baked first. */
export interface Elsewhere {
  readonly store: string;
  readonly holdfast: CommandLine['holdfast'];
}

const nobody = 65534;

/**
 * The project in a longer path, its files written anew and readable by their owner alone; baked by another user with a
 * home of their own, in another time zone and language, under another umask, on one processor. Needs root.
 */
export async function elsewhere(
  telling: Pick<Telling, 'after'>,
  project: Pick<Project, 'folder'>,
  env: NodeJS.ProcessEnv = {},
): Promise<Elsewhere> {
  const top = await mkdtemp('/var/tmp/holdfast-elsewhere.');
  telling.after(() => rm(top, { recursive: true, force: true }));
  await chmod(top, 0o711);
  const folder = join(top, 'a folder/whose path is rather longer than that of the other one/system');
  const home = join(top, 'home');
  await mkdir(home, { recursive: true });
  await cp(project.folder, folder, { recursive: true, filter: path => !/\.(holdfast|state)$/.test(path) });
  const store = await storeOfDownloads(telling, top);
  execFileSync('chmod', ['-R', 'go-rwx', folder]);
  execFileSync('chown', ['-Rh', `${nobody}:${groupOfEngine()}`, join(top, 'a folder'), home, store]);
  const other = { HOME: home, USER: 'somebody', TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
  const user = ['setpriv', '--reuid', String(nobody), '--regid', String(groupOfEngine()), '--clear-groups'];
  const command = [...user, 'taskset', '--cpu-list', '0', 'sh', '-c', 'umask 077; exec "$@"', 'sh'];
  const cli = [process.execPath, join(root, 'packages/holdfast/bin/holdfast.js')];
  const own = {
    XDG_STATE_HOME: join(home, 'state'),
    HOLDFAST_CACHE: store,
    UV_THREADPOOL_SIZE: '1',
    NO_COLOR: '1',
    CI: '',
  };
  return {
    store,
    holdfast: (...args) =>
      start([...command, 'env', ...settings(env), ...cli, ...args], { cwd: folder, env: { ...other, ...own } }).ended,
  };
}

/** What a process loads before it starts is only for the last of them. */
const settings = (env: NodeJS.ProcessEnv): readonly string[] =>
  Object.entries(env).map(([name, value]) => `${name}=${value}`);

const groupOfEngine = (): number =>
  Number(execFileSync('stat', ['-c', '%g', '/var/run/docker.sock'], { encoding: 'utf8' }));
