import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { packTar, type TarEntry } from 'modern-tar';
import { linesOf } from '../lines.ts';

const busybox = '/bin/busybox';
const tools = [
  'sh',
  'sleep',
  'httpd',
  'nc',
  'cat',
  'ls',
  'id',
  'stat',
  'echo',
  'env',
  'ps',
  'kill',
  'touch',
  'wget',
  'seq',
];

/**
 * The archive of a root file system with a shell, a web server and little else: a test needs no image of others. The
 * words are in a file of it, which makes it another one; so does the second in which it was made.
 */
export async function tinyRoot(words = '', mtime = new Date()): Promise<Buffer> {
  const program = programOfTheMachine();
  const folders = ['bin/', 'etc/', 'tmp/', 'srv/'].map(
    (name): TarEntry => ({
      header: { name, mtime, type: 'directory', size: 0, mode: name === 'tmp/' ? 0o1777 : 0o755 },
    }),
  );
  const links = tools.map(
    (name): TarEntry => ({ header: { name: `bin/${name}`, mtime, type: 'symlink', linkname: 'busybox', size: 0 } }),
  );
  return Buffer.from(
    await packTar([
      ...folders,
      { header: { name: 'bin/busybox', mtime, size: program.length, mode: 0o755 }, body: program },
      { header: { name: 'etc/passwd', mtime, size: people.length }, body: people },
      { header: { name: 'etc/motd', mtime, size: Buffer.byteLength(words) }, body: words },
      ...links,
    ]),
  );
}

const people = 'root:x:0:0:root:/:/bin/sh\napp:x:1000:1000:app:/:/bin/sh\n';

function programOfTheMachine(): Buffer {
  try {
    return readFileSync(busybox);
  } catch (cause) {
    throw new Error(`${busybox} is missing, of which the test image is made: run script/bootstrap --tests`, { cause });
  }
}

/** Takes the tiny image in under a reference of the caller's. */
export async function takeInTinyImage(docker: Docker, reference: string): Promise<void> {
  const [repo, tag] = reference.split(':');
  const stream = await docker.importImage(Readable.from([await tinyRoot()]), { repo, tag });
  for await (const line of linesOf(stream as AsyncIterable<Uint8Array>))
    if (line.includes('"error"')) throw new Error(line);
}
