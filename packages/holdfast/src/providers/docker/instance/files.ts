import { posix } from 'node:path';
import { packTar, type TarEntry } from 'modern-tar';
import { exitCode, Problem } from '../../../kit/problem.ts';
import { guardedFolder, hasGuarded, isWithin, looseFiles } from '../../../model/guarded-files.ts';
import type { InstanceDesire } from '../../../ports/desires.ts';
import type { Reveal } from '../../../ports/secrets.ts';

type Spec = Pick<InstanceDesire, 'files' | 'mounts' | 'readOnly'>;

/**
 * The folders that need a volume of their own: with a read-only root, the engine puts files only into volumes. Nested
 * ones are covered by the outermost.
 */
export function foldersForFiles(spec: Spec): readonly string[] {
  if (!spec.readOnly) return [];
  const folders = new Set(looseFiles(spec).map(posix.dirname));
  if (folders.has('/')) throw noFolder(spec);
  const loose = [...folders].filter(folder => !Object.keys(spec.mounts).some(mount => isWithin(folder, mount)));
  return loose.filter(folder => !loose.some(other => other !== folder && isWithin(folder, other))).toSorted();
}

/** One archive for each place that files are put into, by the path of the place. */
export function archivesOf(spec: Spec, reveal: Reveal): readonly { at: string; pack(): Promise<Buffer> }[] {
  const guarded = hasGuarded(spec) ? [guardedFolder] : [];
  const places = ['/', ...foldersForFiles(spec), ...guarded, ...Object.keys(spec.mounts)].toSorted(
    (a, b) => b.length - a.length,
  );
  const byPlace = Map.groupBy(
    Object.keys(spec.files),
    path => places.find(place => isWithin(path, place) && path !== place) ?? '/',
  );
  return [...byPlace].map(([at, paths]) => ({
    at,
    pack: async () => Buffer.from(await packTar(paths.map(path => entry(spec, path, at, reveal)))),
  }));
}

function entry(spec: Spec, path: string, at: string, reveal: Reveal): TarEntry {
  const file = spec.files[path];
  if (!file) throw new Error(`${path} is not declared`);
  const body = Buffer.from(reveal(file.content.value));
  const [uid = 0, gid = uid] = file.owner.split(':').map(Number);
  return {
    header: { name: posix.relative(at, path), size: body.length, mode: Number.parseInt(file.mode, 8), uid, gid },
    body,
  };
}

const noFolder = ({ files }: Spec): Problem =>
  new Problem({
    what: `${Object.keys(files).find(path => posix.dirname(path) === '/')} can't be put into a read-only root`,
    why: 'the engine puts files into folders of a read-only root only, not into the root itself',
    fix: 'give the file a folder, as in /etc/shop/…, or take `readOnly` away',
    exit: exitCode.wrongUse,
  });
