import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../../kit/testing/free-port.ts';

const installed = '/usr/bin/docker-registry';

/** The program of Debian's package `docker-registry`: as installed, else fetched by apt and unpacked beside; undefined where neither can be. */
export function registryProgram(folder: string): string | undefined {
  if (existsSync(installed)) return installed;
  try {
    execFileSync('apt-get', ['-q', 'download', 'docker-registry'], { cwd: folder, stdio: 'pipe', timeout: 60_000 });
    execFileSync('dpkg-deb', ['-x', globSync(join(folder, '*.deb'))[0] ?? '', folder], { stdio: 'pipe' });
    return join(folder, installed);
  } catch {
    return undefined;
  }
}

/** A registry on a loopback port of its own. */
export async function openDockerRegistry(program: string) {
  const folder = mkdtempSync(join(tmpdir(), 'hf-registry-'));
  const host = `127.0.0.1:${await freePort()}`;
  const config = {
    version: 0.1,
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: folder } },
    http: { addr: host },
  };
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(config));
  const server = spawn(program, ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
  await answers(host);
  return {
    host,
    async [Symbol.asyncDispose]() {
      server.kill();
      await once(server, 'exit');
      rmSync(folder, { recursive: true });
    },
  };
}

async function answers(host: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (
      await fetch(`http://${host}/v2/`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await wait(50);
  }
  throw new Error(`docker-registry does not answer on ${host}`);
}
