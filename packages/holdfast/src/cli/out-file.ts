import { appendFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exitCode, Problem } from '../kit/problem.ts';
import type { Outside } from './outside.ts';

/** Puts what a verb tells into the file that it was given, which is then nothing but that. */
export const toFile = (file: string, text: string, { cwd }: Pick<Outside, 'cwd'>): Promise<void> =>
  writeFile(resolve(cwd, file), text).catch(unwritable(file));

/** Puts it behind what is there. */
export const ontoFile = (file: string, text: string, { cwd }: Pick<Outside, 'cwd'>): Promise<void> =>
  appendFile(resolve(cwd, file), text).catch(unwritable(file));

/** For what comes of trying to write a file that somebody named. */
export const unwritable = (file: string) => (cause: Error) => {
  throw new Problem({
    what: `${file} can't be written`,
    why: cause.message,
    fix: 'name a file in a folder that is there and that you may write to',
    exit: exitCode.wrongUse,
    cause,
  });
};
