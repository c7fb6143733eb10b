import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SystemModel } from '../../../model/system-model.ts';

const folder = join(import.meta.dirname, '../../../../../../examples/shop');

/** The system of the example, as it declares itself where nothing is said of the environment. */
export async function shop(): Promise<SystemModel> {
  const line = "import system from './system.ts'; console.log(JSON.stringify(system))";
  const node = [process.execPath, ['--conditions=holdfast-source', '--input-type=module', '--eval', line]] as const;
  const { stdout } = await promisify(execFile)(...node, { cwd: folder, maxBuffer: 1e8 });
  return JSON.parse(stdout);
}
