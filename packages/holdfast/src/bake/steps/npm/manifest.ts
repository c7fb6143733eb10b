import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { exitCode, Problem } from '../../../kit/problem.ts';

const specs = z.optional(z.record(z.string(), z.string()));
const globs = z.array(z.string());

const schema = z.object({
  dependencies: specs,
  devDependencies: specs,
  optionalDependencies: specs,
  peerDependencies: specs,
  peerDependenciesMeta: z.optional(z.record(z.string(), z.object({ optional: z.optional(z.boolean()) }))),
  workspaces: z.optional(z.union([globs, z.object({ packages: globs })])),
});

/** What matters of a `package.json` for what is installed. */
export type Manifest = z.infer<typeof schema>;

export async function readManifest(folder: string): Promise<Manifest> {
  const where = join(folder, 'package.json');
  const content = await readFile(where, 'utf8').catch(cause => {
    throw wrong(`${where} is not there`, 'npm.ci installs what it and package-lock.json name', cause);
  });
  const { data, error } = schema.safeParse(parsed(content, where));
  if (data) return data;
  throw wrong(`${where} can not be read`, `${error.issues[0]?.path.join(' → ')}: ${error.issues[0]?.message}`);
}

function parsed(content: string, where: string): unknown {
  try {
    return JSON.parse(content.replace(/^\ufeff/, ''));
  } catch (error) {
    throw wrong(`${where} can not be read`, (error as Error).message, error);
  }
}

const wrong = (what: string, why: string, cause?: unknown): Problem =>
  new Problem({
    what,
    why,
    fix: 'give npm.ci a folder with package.json and package-lock.json, relative to system.ts',
    exit: exitCode.wrongUse,
    cause,
  });
