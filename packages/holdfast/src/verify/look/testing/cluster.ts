import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const programs = '/usr/lib/postgresql/15/bin';

/** Whether this machine has Debian's postgresql-15. */
export const hasPostgres = existsSync(join(programs, 'initdb'));

/** A real PostgreSQL in a temporary folder, which is asked by its socket there and trusts who asks. */
export async function openCluster() {
  const folder = await mkdtemp(join(tmpdir(), 'hf-facts-pg-'));
  const user = otherUser();
  if (user) await chown(folder, user.uid, user.gid);
  const ground = { folder, user };
  const made = ['-D', join(folder, '5432'), '--username=postgres', '--auth=trust', '--locale=C.UTF-8', '--no-sync'];
  run('initdb', made, ground);
  const primary = await started(5432, ground);
  const servers = [primary];
  return {
    /** Where psql finds it. */
    env: { ...process.env, PGHOST: folder },
    /** A server that streams from it, at another port. */
    async follow(port: number) {
      run(
        'pg_basebackup',
        ['-h', folder, '-U', 'postgres', '-D', join(folder, String(port)), '-R', '-c', 'fast'],
        ground,
      );
      servers.push(await started(port, ground));
    },
    /** Stops the one that others follow. */
    stopPrimary: () => stopped(primary),
    async [Symbol.asyncDispose]() {
      for (const server of servers) await stopped(server);
      await rm(folder, { recursive: true });
    },
  };
}

interface Ground {
  readonly folder: string;
  readonly user: ReturnType<typeof otherUser>;
}

const run = (program: string, words: readonly string[], { folder, user }: Ground) =>
  execFileSync(join(programs, program), words, { ...user, cwd: folder, stdio: 'ignore' });

async function started(port: number, { folder, user }: Ground): Promise<ChildProcess> {
  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, `port=${port}`];
  const words = ['-D', join(folder, String(port)), ...settings.flatMap(one => ['-c', one])];
  const server = spawn(join(programs, 'postgres'), words, {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    const isReady = /ready to accept (read-only )?connections/;
    server.stderr?.setEncoding('utf8').on('data', (text: string) => isReady.test(text) && resolve());
    server.once('exit', () => reject(new Error('PostgreSQL did not start')));
  });
  return server;
}

async function stopped(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  server.kill('SIGQUIT');
  await once(server, 'exit');
}

/** It refuses to run as root. */
function otherUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (which: string) => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
