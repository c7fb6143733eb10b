import { type FileHandle, readFile, readlink } from 'node:fs/promises';
import { holdFolder, under } from './tree/folder.ts';

/**
 * A process that is held by its folder in /proc. The folder is the process's own and not its number's: when the process
 * has ended, nothing is read there any more, even if another one has got the number since.
 */
export interface HeldProcess extends AsyncDisposable {
  readonly handle: FileHandle;
  /** The text of a file of its folder. */
  read(name: string): Promise<string>;
  readlink(name: string): Promise<string>;
  isAlive(): Promise<boolean>;
}

export async function holdProcess(pid: number | string): Promise<HeldProcess> {
  const handle = await holdFolder(`/proc/${pid}`);
  const read = (name: string): Promise<string> => readFile(under({ handle }, name), 'utf8');
  return {
    handle,
    read,
    readlink: name => readlink(under({ handle }, name)),
    isAlive: () =>
      read('stat').then(
        stat => !/[ZX]/.test(stateOf(stat)),
        () => false,
      ),
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

/** The letter after the name, which may have parentheses and spaces in it. */
const stateOf = (stat: string): string => stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
