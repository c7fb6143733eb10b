import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { OwnPackage } from '../../bake/steps/holdfast.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { packageFolder } from '../version.ts';

/** How a work tree makes the bundle; a published package has it. */
const maker = join(packageFolder, '../../script/bundling/main.ts');

/** This copy of the package. Throws a Problem where its bundle is neither there nor can be made. */
export const ownPackage: OwnPackage = async () => {
  if (existsSync(join(packageFolder, 'src'))) await made();
  if (existsSync(join(packageFolder, 'dist/bundle/main.js'))) return packageFolder;
  throw notWhole(undefined);
};

async function made(): Promise<void> {
  await promisify(execFile)(process.execPath, [maker]).catch(cause => {
    throw notWhole(cause);
  });
}

const notWhole = (cause: unknown): Problem =>
  new Problem({
    what: 'this copy of Holdfast has no bundle that an image could be given',
    where: join(packageFolder, 'dist/bundle'),
    why: cause instanceof Error ? cause.message : 'the folder is missing',
    fix: 'install the package again; in a work tree, see what script/bundle says',
    exit: exitCode.unreachable,
    cause,
  });
