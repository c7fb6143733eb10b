import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../kit/testing/free-port.ts';
import type { CommandRunner, Printed } from '../../../ports/looking/command-runner.ts';

/** Whether this machine has Debian's etcd-server and etcd-client. */
export const hasEtcd = ['etcd', 'etcdctl'].every(program => existsSync(`/usr/bin/${program}`));

export const howToHaveEtcd =
  'left out: it needs the packages etcd-server and etcd-client, which script/bootstrap --tests installs';

/** A real etcd of one member, in a temporary folder. */
export async function startEtcd() {
  const folder = await mkdtemp(join(tmpdir(), 'hf-etcd-'));
  const [client, peer] = [await freePort(), await freePort()].map(port => `http://127.0.0.1:${port}`) as [
    string,
    string,
  ];
  const env = { ...process.env, ETCDCTL_API: '3', ETCDCTL_ENDPOINTS: client };
  const words = [
    ...['--name', 'one', '--data-dir', folder, '--initial-cluster', `one=${peer}`],
    ...['--listen-client-urls', client, '--advertise-client-urls', client],
    ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer],
  ];
  const run = (command: readonly string[]) => ran(command, env);
  let server = spawn('/usr/bin/etcd', words, { stdio: 'ignore' });

  async function answers(): Promise<void> {
    while ((await run(['etcdctl', 'endpoint', 'health'])).exitCode !== 0) await sleep(50);
  }
  async function stop(): Promise<void> {
    server.kill('SIGKILL');
    await once(server, 'exit');
  }
  await answers();
  return {
    runner: {
      run: async (_, command) => ({ ended: await run(command) }),
      [Symbol.asyncDispose]: async () => {},
    } satisfies CommandRunner,
    etcdctl: async (...options: readonly string[]): Promise<string> =>
      Buffer.from((await run(['etcdctl', ...options])).stdout.first)
        .toString('utf8')
        .trim(),
    stop,
    async start() {
      server = spawn('/usr/bin/etcd', words, { stdio: 'ignore' });
      await answers();
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a command on this machine to its end. */
function ran([file = '', ...words]: readonly string[], env: NodeJS.ProcessEnv) {
  return new Promise<{ exitCode: number; stdout: Printed; stderr: Printed }>(resolve => {
    execFile(file, words, { env, encoding: 'buffer', timeout: 10_000 }, (error, stdout, stderr) =>
      resolve({ exitCode: error ? Number(error.code ?? 1) : 0, stdout: printed(stdout), stderr: printed(stderr) }),
    );
  });
}

const printed = (first: Uint8Array): Printed => ({ first, last: Buffer.alloc(0), total: first.length });
