import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../../kit/hash.ts';
import { exitCode, Problem } from '../../../kit/problem.ts';

/** Where a Docker Engine may answer, and who says so. */
export interface EngineAddress {
  /** `unix:///var/run/docker.sock` or `tcp://host:port`. */
  readonly url: string;
  readonly from: string;
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** The one address that somebody chose, else the places where engines usually listen, in order. */
export async function addressesOf(chosen: string | undefined, around: Surroundings): Promise<readonly EngineAddress[]> {
  if (chosen) return [{ url: asUrl(chosen), from: 'the configuration' }];
  const { DOCKER_HOST } = around.env;
  if (DOCKER_HOST) return [{ url: asUrl(DOCKER_HOST), from: 'DOCKER_HOST' }];
  const context = await currentContext(around);
  return context ? [context] : usualSockets(around);
}

const asUrl = (text: string): string => {
  if (text.startsWith('/')) return `unix://${text}`;
  return text.includes('://') ? text : `tcp://${text}`;
};

const usualSockets = ({ env, home }: Surroundings): readonly EngineAddress[] =>
  [
    '/var/run/docker.sock',
    join(home, '.docker/run/docker.sock'),
    ...(env.XDG_RUNTIME_DIR ? [join(env.XDG_RUNTIME_DIR, 'docker.sock')] : []),
  ].map(path => ({ url: `unix://${path}`, from: 'the usual places' }));

/** What `docker context use` chose; undefined for the default one. */
async function currentContext({ env, home }: Surroundings): Promise<EngineAddress | undefined> {
  const folder = env.DOCKER_CONFIG ?? join(home, '.docker');
  const name = env.DOCKER_CONTEXT ?? (await jsonAt(join(folder, 'config.json')))?.currentContext;
  if (typeof name !== 'string' || name === '' || name === 'default') return undefined;
  const meta = await jsonAt(join(folder, 'contexts/meta', sha256(name), 'meta.json'));
  const url = (meta?.Endpoints as { docker?: { Host?: unknown } } | undefined)?.docker?.Host;
  if (typeof url === 'string') return { url, from: `Docker context "${name}"` };
  throw new Problem({
    what: `there is no Docker context "${name}"`,
    where: join(folder, 'config.json'),
    fix: 'docker context use default',
    exit: exitCode.unreachable,
  });
}

async function jsonAt(path: string): Promise<Record<string, unknown> | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem({
      what: `${path} is not JSON`,
      fix: 'mend or remove the file',
      exit: exitCode.unreachable,
      cause,
    });
  }
}
