import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { exitCode, Problem } from '../../kit/problem.ts';
import { type Credentials, credentialsIn } from './credentials.ts';
import { type Settings, settingsOf, settingsOfEnv } from './npmrc.ts';

/** What npm on this machine is told, as far as it matters for fetching. */
export interface NpmConfig {
  /** Where a package comes from, with a slash at the end. Asks npm itself when no file names a registry. */
  registryOf(name: string): Promise<string>;
  /** Headers by which to sign in at a URL; none where no credentials are set for it. */
  readonly credentialsFor: Credentials;
  /** How to reach registries; options for Downloads. */
  readonly route: {
    /** Certificates (PEM) that are trusted besides the usual ones. */
    readonly ca: readonly string[];
    readonly strict: boolean;
    readonly proxy: { readonly http?: string; readonly https?: string; readonly no?: string };
  };
  /** The user's own `.npmrc`, where credentials belong. */
  readonly userFile: string;
}

export interface NpmConfigOptions {
  /** The project, or a folder in it. Default: the working directory. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly home?: string;
  /** The program that runs this one: npm's global folder is beside it unless something else is set. */
  readonly node?: string;
  /** Says what npm's registry is. Default: `npm config get registry`. */
  readonly askNpm?: (cwd: string) => Promise<string>;
}

/**
 * Reads npm's configuration without npm, which takes half a second to start: the environment, then `.npmrc` of the project, of
 * the user and of all users (npm: npmrc). The registry that npm was built with is in none of these: npm is asked then, once.
 */
export function npmConfigOf(options: NpmConfigOptions = {}): NpmConfig {
  const {
    cwd = process.cwd(),
    env = process.env,
    home = homedir(),
    node = process.execPath,
    askNpm = asNpmSays,
  } = options;
  const ofEnv = settingsOfEnv(env);
  const userFile = ofEnv.get('userconfig')?.[0] ?? join(home, '.npmrc');
  const projectFile = join(projectOf(cwd), '.npmrc');
  const near = [ofEnv, ...(projectFile === userFile ? [] : [read(projectFile, env)]), read(userFile, env)];
  const settings = merged([...near, read(globalFile(merged(near), env, node), env)]);
  let asked: Promise<string> | undefined;
  return {
    async registryOf(name) {
      const scope = name.startsWith('@') ? first(settings, `${name.split('/')[0]}:registry`) : undefined;
      const named = scope ?? first(settings, 'registry');
      if (named) return withSlash(named);
      asked ??= askNpm(cwd);
      return withSlash(await asked);
    },
    credentialsFor: credentialsIn(settings),
    route: routeIn(settings, cwd),
    userFile,
  };
}

/** As npm finds it: the nearest folder upwards that has a package, else the folder itself. */
function projectOf(cwd: string): string {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (['package.json', 'node_modules'].some(name => existsSync(join(folder, name)))) return folder;
    if (folder === dirname(folder)) return resolve(cwd);
  }
}

function globalFile(settings: Settings, env: NonNullable<NpmConfigOptions['env']>, node: string): string {
  const besideNode = process.platform === 'win32' ? dirname(node) : dirname(dirname(node));
  const prefix = first(settings, 'prefix') ?? env.PREFIX ?? besideNode;
  return first(settings, 'globalconfig') ?? join(prefix, 'etc', 'npmrc');
}

function read(file: string, env: NonNullable<NpmConfigOptions['env']>): Settings {
  try {
    return settingsOf(readFileSync(file, 'utf8'), env);
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) return new Map();
    throw new Problem({
      what: "npm's configuration can't be read",
      where: file,
      why: (cause as Error).message,
      exit: exitCode.wrongUse,
      cause,
    });
  }
}

/** The first that has a key counts. */
const merged = (nearestFirst: readonly Settings[]): Settings =>
  new Map(nearestFirst.toReversed().flatMap(settings => [...settings]));

const first = (settings: Settings, key: string): string | undefined => {
  const value = settings.get(key)?.[0];
  return value === 'null' || value === '' ? undefined : value;
};

function routeIn(settings: Settings, cwd: string): NpmConfig['route'] {
  const no = first(settings, 'noproxy');
  const http = proxyIn(settings, 'proxy');
  const https = proxyIn(settings, 'https-proxy') ?? http;
  const cafile = first(settings, 'cafile');
  const named = (settings.get('ca') ?? []).filter(text => text.includes('BEGIN'));
  return {
    ca: [...named.map(text => text.replaceAll('\\n', '\n')), ...(cafile ? [certificatesIn(resolve(cwd, cafile))] : [])],
    strict: first(settings, 'strict-ssl') !== 'false',
    proxy: { ...(http && { http }), ...(https && { https }), ...(no && { no }) },
  };
}

const proxyIn = (settings: Settings, key: string): string | undefined => {
  const proxy = first(settings, key);
  return proxy === 'false' ? undefined : proxy;
};

function certificatesIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Problem({
      what: 'the certificates that npm is to trust are missing',
      where: file,
      why: (cause as Error).message,
      fix: 'npm config get cafile shows the setting; npm config delete cafile takes it away',
      exit: exitCode.wrongUse,
      cause,
    });
  }
}

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`);

async function asNpmSays(cwd: string): Promise<string> {
  try {
    // Inside one of a repository's workspaces, npm config refuses to say anything unless told to leave them aside.
    const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'registry', '--no-workspaces'], {
      cwd,
      timeout: 30_000,
      shell: process.platform === 'win32',
    });
    const url = stdout.trim().split('\n').at(-1) ?? '';
    if (URL.canParse(url)) return url;
    throw new Error(`it said '${url}'`);
  } catch (cause) {
    throw new Problem({
      what: "npm's registry is not known",
      why: `no .npmrc names it, and npm config get registry failed: ${(cause as Error).message}`,
      fix: 'install npm, or name one: registry=https://… in .npmrc',
      exit: exitCode.unreachable,
      cause,
    });
  }
}
