import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Linux: a place in the file system is held, and nothing of it opened. Node has no name for it. */
const O_PATH = 0o10000000;

/**
 * A folder of the target that is held open, so that no link put in its place can lead anywhere else: all that is inside
 * is named by way of it.
 */
export interface Folder {
  readonly handle: FileHandle;
  /** As the target would say it, links followed; without the last slash, and so empty for the root. */
  readonly path: string;
  /** Absent for the root: nothing is above. */
  readonly up?: Folder;
}

/** A path by which the kernel itself reaches a name directly inside. */
export const under = ({ handle }: Pick<Folder, 'handle'>, name: string): string => `/proc/self/fd/${handle.fd}/${name}`;

/** Holds what is at a path of ours, whatever it is, and a symbolic link itself. */
export const hold = (path: string): Promise<FileHandle> => open(path, O_PATH | constants.O_NOFOLLOW);

/** Holds a folder at a path of ours, which must be none but a folder. */
export const holdFolder = (path: string): Promise<FileHandle> =>
  open(path, O_PATH | constants.O_NOFOLLOW | constants.O_DIRECTORY);

/** Holds the folder that one of the links of /proc leads to, which the kernel alone makes. */
export const holdLinked = (path: string): Promise<FileHandle> => open(path, O_PATH | constants.O_DIRECTORY);

/** Opens what is held to be read. Of something that is none but a file this never waits. */
export const openHeld = ({ fd }: FileHandle): Promise<FileHandle> =>
  open(`/proc/self/fd/${fd}`, constants.O_RDONLY | constants.O_NONBLOCK);
