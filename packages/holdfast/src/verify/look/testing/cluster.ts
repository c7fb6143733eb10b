import { execFileSync, spawn } from 'node:child_process';
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
  const data = join(folder, 'data');
  const made = ['-D', data, '--username=postgres', '--auth=trust', '--locale=C.UTF-8', '--no-sync'];
  execFileSync(join(programs, 'initdb'), made, { ...user, cwd: folder, stdio: 'ignore' });
  const settings = ['-c', 'listen_addresses=', '-c', `unix_socket_directories=${folder}`];
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...settings], { ...user, cwd: folder });
  server.stderr.setEncoding('utf8');
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', (text: string) => text.includes('ready to accept connections') && resolve());
    server.once('exit', () => reject(new Error('PostgreSQL did not start')));
  });
  return {
    /** Where psql finds it. */
    env: { ...process.env, PGHOST: folder },
    async [Symbol.asyncDispose]() {
      server.kill('SIGQUIT');
      if (server.exitCode === null) await once(server, 'exit');
      await rm(folder, { recursive: true });
    },
  };
}

/** It refuses to run as root. */
function otherUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (which: string) => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
