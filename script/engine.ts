/** Prints where a Docker Engine answers, as a DOCKER_HOST; ends with 1 when none does, and with --why says why. */
import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';

const patience = 3_000;

const sockets = (env: NodeJS.ProcessEnv): string[] => [
  '/var/run/docker.sock',
  ...(env.XDG_RUNTIME_DIR ? [join(env.XDG_RUNTIME_DIR, 'docker.sock')] : []),
  join(homedir(), '.docker/run/docker.sock'),
];

const candidates = (env = process.env): string[] =>
  env.DOCKER_HOST ? [env.DOCKER_HOST] : sockets(env).map(path => `unix://${path}`);

function target(host: string) {
  if (host.startsWith('unix://')) return { socketPath: host.slice('unix://'.length) };
  const { hostname, port } = new URL(host.replace(/^tcp:/, 'http:'));
  return { hostname, port };
}

const ping = (host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const asked = request({ ...target(host), path: '/_ping', timeout: patience }, answer => {
      answer.resume();
      if (answer.statusCode === 200) resolve();
      else reject(new Error(`${host} answered ${answer.statusCode}`));
    });
    asked.on('timeout', () => asked.destroy(new Error(`${host} did not answer within ${patience / 1000} s`)));
    asked.on('error', reject).end();
  });

const reasons: string[] = [];
for (const host of candidates()) {
  try {
    await ping(host);
    console.log(host);
    process.exit(0);
  } catch (error) {
    reasons.push(error instanceof Error ? error.message : String(error));
  }
}
if (process.argv.includes('--why')) console.log(reasons.join('; '));
process.exitCode = 1;
