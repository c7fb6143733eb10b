import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tarOf } from '../../../../kit/tar/write.ts';
import type { TreeEntry } from '../../../../kit/tree.ts';
import type { DebPackage } from '../deb-package.ts';
import { type DebReaderOptions, debReader } from '../reader.ts';
import { arOf, type Member } from './ar-of.ts';

export const control =
  'Package: tried\nVersion: 1.0-1\nArchitecture: all\nMaintainer: A <a@b.example>\nDescription: tried\n';

/** An archive of entries of which only what matters is said. */
export const tar = async (...entries: Partial<TreeEntry>[]): Promise<Buffer> => {
  const whole = entries.map(
    entry => ({ path: 'a', type: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 0, size: 0, ...entry }) as TreeEntry,
  );
  return Buffer.concat(await Array.fromAsync(tarOf(whole)));
};
export const file = (path: string, text: string): Partial<TreeEntry> => ({
  path,
  size: Buffer.byteLength(text),
  content: Buffer.from(text),
});

export const version = { name: 'debian-binary', content: '2.0\n' };
export const controlled = { name: 'control.tar', content: await tar(file('control', control)) };
export const data = { name: 'data.tar', content: await tar(file('usr', 'x')) };

export interface Taken {
  readonly outcome: unknown;
  /** As if it had gone well. */
  readonly package: DebPackage;
  /** What stayed in the scratch folder. */
  readonly left: readonly string[];
}

export interface Ground extends Disposable {
  readonly folder: string;
  /** Writes a .deb. */
  deb(...members: readonly Member[]): string;
  /** Takes it apart, in a scratch folder of its own. */
  taken(file: string, options?: DebReaderOptions, signal?: AbortSignal): Promise<Taken>;
}

export function ground(): Ground {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-deb-'));
  let count = 0;
  return {
    folder,
    deb(...members) {
      const deb = join(folder, `${++count}.deb`);
      writeFileSync(deb, arOf(members));
      return deb;
    },
    async taken(file, options, signal = new AbortController().signal) {
      const scratch = join(folder, `scratch-${++count}`);
      mkdirSync(scratch);
      const outcome: unknown = await debReader(options)
        .read(file, scratch, signal)
        .catch((error: unknown) => error);
      return { outcome, package: outcome as DebPackage, left: readdirSync(scratch) };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}
