import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The folder of this very package. */
export const thisPackage = dirname(dirname(dirname(import.meta.dirname)));

export interface Project extends AsyncDisposable {
  readonly folder: string;
  readonly file: string;
}

/** A user's project in a folder of its own, with this package installed. Files by their path. */
export async function project(files: Readonly<Record<string, string>>): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-declare-'));
  await mkdir(join(folder, 'node_modules'));
  await symlink(thisPackage, join(folder, 'node_modules', 'holdfast'));
  for (const [path, text] of Object.entries({ 'package.json': '{"type":"module"}', ...files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const dispose = () => rm(folder, { recursive: true, force: true });
  return { folder, file: join(folder, 'system.ts'), [Symbol.asyncDispose]: dispose };
}
