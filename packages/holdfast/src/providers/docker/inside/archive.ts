import { posix } from 'node:path';
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { packTar, unpackTar } from 'modern-tar';
import { unlessGone } from '../host/calls.ts';

/** Writes files into a container. With a read-only root the engine takes them only into volumes, and so by folder. */
export async function put(container: Docker.Container, files: Readonly<Record<string, string>>): Promise<void> {
  const { HostConfig } = await container.inspect();
  const byFolder = Map.groupBy(Object.entries(files), ([path]) =>
    HostConfig.ReadonlyRootfs ? posix.dirname(path) : '/',
  );
  for (const [folder, entries] of byFolder) await container.putArchive(await pack(folder, entries), { path: folder });
}

const pack = async (folder: string, files: readonly [string, string][]): Promise<Buffer> =>
  Buffer.from(
    await packTar(
      files.map(([path, text]) => ({
        header: { name: posix.relative(folder, path), size: Buffer.byteLength(text) },
        body: text,
      })),
    ),
  );

/** The text of one file, through links; undefined when it isn't there. */
export async function get(container: Docker.Container, path: string, hops = 10): Promise<string | undefined> {
  const stream = await unlessGone(() => container.getArchive({ path }));
  if (!stream) return undefined;
  const [entry] = await unpackTar(Readable.toWeb(Readable.from(stream)));
  const target = entry?.header.type === 'symlink' ? entry.header.linkname : undefined;
  if (target && hops > 0) return get(container, posix.resolve(posix.dirname(path), target), hops - 1);
  return entry?.data && Buffer.from(entry.data).toString('utf8');
}
