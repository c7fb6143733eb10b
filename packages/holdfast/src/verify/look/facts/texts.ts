import type { Snapshot, Unseen } from '../../../ports/looking/snapshot.ts';

/** The text of a file whose content was wanted; undefined where there is none, or it could not be read. */
export function textAt({ files }: Snapshot, path: string): string | undefined {
  const seen = files.get(path);
  const content = seen && 'file' in seen ? seen.file.content : undefined;
  return content && 'bytes' in content ? Buffer.from(content.bytes).toString('utf8') : undefined;
}

/** What is said where something was not wanted of the snapshot in the first place. */
export const notRead: Unseen = { unknown: 'nobody looked' };

/** The texts of the files directly inside of a folder. */
export function textsIn({ folders }: Snapshot, path: string): ReadonlyMap<string, string> {
  const seen = folders.get(path);
  return seen && 'texts' in seen ? seen.texts : new Map();
}
