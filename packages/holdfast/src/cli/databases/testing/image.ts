import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Docker from 'dockerode';

const programs = '/usr/lib/postgresql/15/bin';

/** Whether this machine has Debian's postgresql-15, of which the image is made. */
export const hasPostgres = existsSync(join(programs, 'initdb'));

export const howToHavePostgres =
  'left out: it needs the package postgresql-15, which script/bootstrap --tests installs';

const tools = ['sh', 'cat', 'ls', 'ps', 'sleep', 'tail', 'dirname', 'echo', 'locale', 'bash', 'mkdir', 'id', 'seq'];

const server = ['postgres', 'initdb', 'psql', 'pg_ctl', 'pg_isready'].map(name => join(programs, name));

const people = 'root:x:0:0:root:/:/bin/sh\npostgres:x:999:999:postgres:/var/lib/postgresql:/bin/sh\n';

/** Takes in an image of the PostgreSQL of this machine: a real one, with nothing to download. */
export async function takeInPostgres(docker: Docker, reference: string): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'hf-pg-image-'));
  try {
    await furnish(root);
    const files = [...programsWithLibraries(), ...treesOfTheServer()].map(path => path.slice(1));
    const tar = spawn('tar', ['-c', '--dereference', '-C', '/', ...files, '-C', root, 'etc', 'tmp', 'run', 'var']);
    tar.stderr.pipe(process.stderr);
    const [repo, tag] = reference.split(':');
    const stream = await docker.importImage(tar.stdout, { repo, tag });
    for await (const chunk of stream) if (String(chunk).includes('"error"')) throw new Error(String(chunk));
  } finally {
    await rm(root, { recursive: true });
  }
}

async function furnish(root: string): Promise<void> {
  await Promise.all(
    ['etc', 'tmp', 'run/postgresql', 'var/lib/postgresql'].map(path => mkdir(join(root, path), { recursive: true })),
  );
  await writeFile(join(root, 'etc/passwd'), people);
  await writeFile(join(root, 'etc/group'), 'root:x:0:\npostgres:x:999:\n');
  execFileSync('chown', ['-R', '999:999', join(root, 'run/postgresql'), join(root, 'var/lib/postgresql')]);
  execFileSync('chmod', ['1777', join(root, 'tmp')]);
}

const treesOfTheServer = (): readonly string[] => [
  ...execFileSync('find', ['/usr/lib/postgresql/15/lib', '-name', '*.so', '-not', '-name', 'llvmjit*'], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n'),
  '/usr/share/postgresql/15',
  '/usr/share/postgresql-common',
  '/usr/share/zoneinfo',
  ...['/usr/lib/locale/C.utf8'].filter(existsSync),
];

/** By the paths under which they are looked for, such as `/lib64/ld-linux-x86-64.so.2`. */
function programsWithLibraries(): readonly string[] {
  // The C library looks for a shell there.
  const found = ['/bin/sh', ...tools.map(whereIs), ...server];
  return [...new Set([...found, ...found.flatMap(librariesOf)])];
}

const whereIs = (name: string): string => execFileSync('which', [name], { encoding: 'utf8' }).trim();

const librariesOf = (path: string): readonly string[] =>
  [...execFileSync('ldd', [path], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g)].map(([, library]) => library ?? '');
