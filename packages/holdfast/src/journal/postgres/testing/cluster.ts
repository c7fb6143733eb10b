import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { appendFile, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../../kit/testing/free-port.ts';

const programs = '/usr/lib/postgresql/15/bin';

/** Whether this machine has Debian's postgresql-15. */
export const hasPostgres = existsSync(join(programs, 'initdb'));

export const howToHavePostgres =
  'left out: it needs the package postgresql-15, which script/bootstrap --tests installs';

/** A real PostgreSQL of its own in a temporary folder, that syncs to the disk. */
export interface Cluster extends AsyncDisposable {
  readonly folder: string;
  readonly port: number;
  readonly password: string;
  /** Of a database in it, by a role that may do everything. */
  url(database?: string, more?: string): string;
  /** Statements by hand. */
  query(sql: string): Promise<pg.QueryResult>;
  /** Gives a file to the user whom the server runs as. */
  adopt(file: string): Promise<void>;
  /** As with `kill -9` of the server and all of its processes. */
  kill(): Promise<void>;
  /** Resolves when it answers. */
  start(): Promise<void>;
}

/** `settings` go into postgresql.conf. */
export async function startCluster(settings = ''): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'hf-pg-'));
  const user = otherUser();
  if (user) await chown(folder, user.uid, user.gid);
  const [data, password, port] = [join(folder, 'data'), 'not for the eyes of others', await freePort()];
  await writeFile(join(folder, 'password'), password);
  const made = ['--username=holdfast', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'];
  execFileSync(join(programs, 'initdb'), ['-D', data, `--pwfile=${join(folder, 'password')}`, ...made], {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await appendFile(
    join(data, 'postgresql.conf'),
    `listen_addresses = '127.0.0.1'\nport = ${port}\nunix_socket_directories = '${folder}'\nfsync = on\n${settings}\n`,
  );
  const url = (database = 'postgres', more = '') =>
    `postgres://holdfast:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}${more}`;
  let running: Server | undefined;
  const cluster: Cluster = {
    folder,
    port,
    password,
    url,
    async query(sql) {
      const client = new pg.Client(url());
      await client.connect();
      return client.query(sql).finally(() => client.end());
    },
    async adopt(file) {
      if (user) await chown(file, user.uid, user.gid);
    },
    async start() {
      running = await serve(data, user);
    },
    async kill() {
      await running?.end('SIGKILL');
    },
    async [Symbol.asyncDispose]() {
      await running?.end('SIGQUIT');
      await rm(folder, { recursive: true, force: true });
    },
  };
  await cluster.start();
  return cluster;
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** It refuses to run as root. */
function otherUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = ['-u', '-g'].map(which => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' })));
  return { uid: uid as number, gid: gid as number };
}

interface Server {
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Starts it, again and again while what was killed still lets go of its memory. */
async function serve(data: string, user: User | undefined): Promise<Server> {
  for (let tries = 0; ; tries++) {
    const server = begin(data, user);
    if (await server.answers) return server;
    if (tries > 50) throw new Error(`PostgreSQL does not start:\n${server.said()}`);
    await sleep(100);
  }
}

function begin(data: string, user: User | undefined) {
  const child = spawn(join(programs, 'postgres'), ['-D', data], {
    ...user,
    cwd: data,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', text => {
    said += text;
  });
  const over = once(child, 'close');
  const atExit = () => child.kill('SIGQUIT');
  process.once('exit', atExit);
  void over.then(() => process.removeListener('exit', atExit));
  return {
    answers: answers(() => said, over),
    said: () => said,
    async end(signal: NodeJS.Signals) {
      const all = signal === 'SIGKILL' ? childrenOf(child.pid) : [];
      for (const pid of all) signalTo(pid, signal);
      child.kill(signal);
      await over;
    },
  };
}

async function answers(said: () => string, over: Promise<unknown>): Promise<boolean> {
  let isOver = false;
  void over.then(() => {
    isOver = true;
  });
  while (!isOver) {
    if (said().includes('database system is ready to accept connections')) return true;
    await sleep(20);
  }
  return false;
}

const childrenOf = (pid: number | undefined): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
