import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Project, root, type Telling } from '../../harness.ts';

/** What stories of baking are told with: `examples/recipes` or `examples/shop`, under a name and keys of its own. */
export type Example = 'recipes' | 'shop';

/** What a person has locally: not part of the example. */
const local = [
  '.holdfast',
  '.cache',
  'holdfast.keys',
  'holdfast.config.ts',
  'system.ts',
  'node_modules',
  'package.json',
];

/** A copy of an example with its lock. Nothing is baked yet. */
export async function exampleProject({ project }: Pick<Telling, 'project'>, example: Example): Promise<Project> {
  const folder = join(root, 'examples', example);
  const system = await readFile(join(folder, 'system.ts'), 'utf8');
  const made = await project({ system: system.replace(`system('${example}'`, "system('NAME'") });
  for (const name of await readdir(folder))
    if (!local.includes(name)) await cp(join(folder, name), join(made.folder, name), { recursive: true });
  return made;
}
