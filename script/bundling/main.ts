import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inputsOf } from './inputs.ts';
import { writeBundle } from './modules.ts';

const root = join(import.meta.dirname, '../..');
const bundle = join(root, 'packages/holdfast/dist/bundle');
/** Of which inputs the bundle was made. Beside it: what the bundle holds follows from its source alone. */
const note = `${bundle}.inputs`;

/** Makes the bundle where it is not that of the present source. Several may do it at once: all make the same. */
async function bundled(): Promise<void> {
  const inputs = await inputsOf(root);
  if (await isOf(inputs)) return;
  const draft = `${bundle}.${process.pid}`;
  await mkdir(dirname(bundle), { recursive: true });
  try {
    await writeBundle(root, draft);
    if (!(await isOf(inputs))) await putInPlace(draft, inputs);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

const isOf = async (inputs: string): Promise<boolean> =>
  (await readFile(note, 'utf8').catch(() => undefined)) === inputs;

/** The note is away while the bundle is changed: who is killed in between makes it once more. */
async function putInPlace(draft: string, inputs: string): Promise<void> {
  const former = `${draft}.former`;
  await rm(note, { force: true });
  await rename(bundle, former).catch(() => {});
  await rename(draft, bundle);
  await writeFile(note, inputs);
  await rm(former, { recursive: true, force: true });
}

await bundled();
