import type { ImageTree } from '../../../../ports/image-tree.ts';

/** What dpkg-divert noted below: where a package's files go in place of where they say. */
export interface Diversions {
  /** Both absolute. */
  target(path: string, name: string): string;
}

/** Three lines each: from, to, and the package whose files stay (`:` for none). deb-divert in dpkg's lib/dpkg/db-fsys-divert.c. */
export async function diversionsIn(below: ImageTree | undefined): Promise<Diversions> {
  const bytes = (await below?.read('var/lib/dpkg/diversions')) ?? new Uint8Array();
  const lines = Buffer.from(bytes).toString().split('\n');
  const known = new Map<string, { to: string; by: string }>();
  for (let at = 0; at + 2 < lines.length; at += 3)
    known.set(lines[at] ?? '', { to: lines[at + 1] ?? '', by: lines[at + 2] ?? '' });
  return {
    target: (path, name) => {
      const diverted = known.get(path);
      return diverted && diverted.by !== name ? diverted.to : path;
    },
  };
}
