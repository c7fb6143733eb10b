import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { exitCode, Problem } from '../../../kit/problem.ts';
import { Secret } from '../../../kit/secret.ts';

/** As whom a registry is asked. */
export type Login =
  | { readonly user: string; readonly password: Secret }
  /** What an earlier sign-in left, to be exchanged for access (docker's `identitytoken`). */
  | { readonly refresh: Secret };

export interface DockerLoginOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly home?: string;
}

const configForm = z.looseObject({
  auths: z
    .record(z.string(), z.looseObject({ auth: z.string().optional(), identitytoken: z.string().optional() }))
    .optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
  credsStore: z.string().optional(),
});

type Config = z.infer<typeof configForm>;

/** What `docker login` left for a host, in its configuration or with its helper; undefined where nobody signed in. */
export async function dockerLogin(host: string, options: DockerLoginOptions = {}): Promise<Login | undefined> {
  const { env = process.env, home = homedir() } = options;
  const file = join(env.DOCKER_CONFIG || join(home, '.docker'), 'config.json');
  const config = await read(file);
  const helper = config.credHelpers?.[host] ?? config.credsStore;
  return (helper ? await helped(helper, host, env) : undefined) ?? written(config, host);
}

async function read(file: string): Promise<Config> {
  try {
    return configForm.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Problem({
      what: "Docker's configuration can't be read",
      where: file,
      // What a parser says may quote a password.
      why: (cause as NodeJS.ErrnoException).code ?? 'it is not the JSON that docker login writes',
      exit: exitCode.wrongUse,
    });
  }
}

/** Older ones are kept as an address: `https://host/v1/`. */
function written({ auths = {} }: Config, host: string): Login | undefined {
  const [, found] = Object.entries(auths).find(([key]) => key.replace(/^https?:\/\//, '').split('/')[0] === host) ?? [];
  if (found?.identitytoken) return { refresh: new Secret(found.identitytoken) };
  const [user, ...password] = Buffer.from(found?.auth ?? '', 'base64')
    .toString()
    .split(':');
  return user ? { user, password: new Secret(password.join(':')) } : undefined;
}

const answerForm = z.looseObject({ Username: z.string(), Secret: z.string() });

/** docker-credential-helpers: the host goes in, JSON comes out; one that knows nothing of the host fails. */
async function helped(
  name: string,
  host: string,
  env: NonNullable<DockerLoginOptions['env']>,
): Promise<Login | undefined> {
  const helper = spawn(`docker-credential-${name}`, ['get'], {
    env: { ...env },
    timeout: 30_000,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const failed = new Promise<''>(resolve => helper.on('error', () => resolve('')));
  helper.stdin.on('error', () => {});
  helper.stdin.end(host);
  const said = await Promise.race([text(helper.stdout), failed]);
  const found = answerForm.safeParse(json(said)).data;
  if (!found) return undefined;
  const secret = new Secret(found.Secret);
  return found.Username === '<token>' ? { refresh: secret } : { user: found.Username, password: secret };
}

function json(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    return undefined;
  }
}
