import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What apt would install, on a system where nothing is but what is below. */
export interface AptOracle extends AsyncDisposable {
  /** `name version`, sorted. Rejects where apt refuses. */
  install(names: readonly string[], below?: readonly string[]): Promise<readonly string[]>;
}

const run = promisify(execFile);
const maxBuffer = 2 ** 26;

/** This machine's apt and its lists, with Debian's own sources alone, and a cache of its own: so it needs no root. */
export async function aptOracle(): Promise<AptOracle> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-apt-'));
  await mkdir(join(folder, 'archives/partial'), { recursive: true });
  await writeFile(join(folder, 'nothing'), '');
  await mkdir(join(folder, 'sources'));
  for (const [name, text] of await debianSources()) await writeFile(join(folder, 'sources', name), text);
  return {
    async install(names, below = []) {
      const status = join(folder, below.length > 0 ? 'below' : 'nothing');
      if (below.length > 0) await writeFile(status, await statusOf(below));
      const { stdout } = await run('apt-get', ['-s', ...options(folder, status), 'install', ...names], { maxBuffer });
      return [...stdout.matchAll(/^Inst (\S+) (?:\[\S+\] )?\((\S+)/gm)].map(([, ...parts]) => parts.join(' ')).sort();
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

function options(folder: string, status: string): readonly string[] {
  const settings = {
    'Dir::State::status': status,
    'Dir::Etc::sourcelist': '/dev/null',
    'Dir::Etc::sourceparts': join(folder, 'sources'),
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'Dir::Cache': folder,
    'Dir::Cache::archives': 'archives',
    'Dir::Cache::pkgcache': 'packages.bin',
    'Dir::Cache::srcpkgcache': 'sources.bin',
    'APT::Install-Recommends': '0',
    'APT::Install-Suggests': '0',
    'Debug::NoLocking': '1',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** Files of sources.list.d, and sources.list itself, as far as they are about Debian. */
async function debianSources(): Promise<readonly (readonly [name: string, text: string])[]> {
  const parts = await readdir('/etc/apt/sources.list.d').catch(() => []);
  const files = ['/etc/apt/sources.list', ...parts.map(name => join('/etc/apt/sources.list.d', name))];
  const read = files
    .filter(file => /\.(list|sources)$/.test(file))
    .map(async file => {
      const text = await readFile(file, 'utf8').catch(() => '');
      return [file.split('/').at(-1) ?? '', text] as const;
    });
  return (await Promise.all(read)).filter(([, text]) => /\/debian(-security)?\/?\s/.test(text));
}

/** A dpkg status file in which these packages are installed, as `apt-cache` shows them: `name=version`. */
async function statusOf(below: readonly string[]): Promise<string> {
  const shown = execFileSync('apt-cache', ['show', '--no-all-versions', ...below], { encoding: 'utf8', maxBuffer });
  return shown.replaceAll(/^Package: .*$/gm, '$&\nStatus: install ok installed');
}
