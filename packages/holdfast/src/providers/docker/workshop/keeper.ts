import type { TreeEntry } from '../../../kit/tree.ts';
import type { Architecture } from '../../../ports/distribution.ts';

/** The one folder of the workshop's own in the container. */
export const ownFolder = '/.holdfast';
/** A file system in memory, for lists. */
export const shelf = `${ownFolder}/shelf`;
export const keeper = `${ownFolder}/keeper`;

/**
 * What keeps the container up: the engine writes files five times as fast into one that runs, and where there is nothing
 * yet, nothing else can run. It ends when its input does, and so when we do: `sigaction(SIGCHLD, SIG_IGN); while (read(0,
 * …) > 0); exit(0)`. Nobody's child stays a zombie.
 */
const programs: Readonly<Record<Architecture, { readonly machine: number; readonly code: string }>> = {
  amd64: {
    machine: 62,
    code: 'uA0AAAC/EQAAAEiNNS8AAAAx0kG6CAAAAA8FMcAx/0iNdCTAukAAAAAPBUiFwH/ruDwAAAAx/w8FDx+AAAAAAAE=',
  },
  arm64: {
    machine: 183,
    code: 'yBCA0iACgNLBAQAQAgCA0gMBgNIBAADU6AeA0gAAgNLhAwHRAgiA0gEAANQfAADxTP//VKgLgNIAAIDSAQAA1AE=',
  },
};

/** What the container begins with, below all else. */
export function keeperTree(architecture: Architecture): readonly TreeEntry[] {
  const program = programOf(architecture);
  const own = { mode: 0o700, uid: 0, gid: 0, mtime: 0, size: 0 } as const;
  return [
    { ...own, path: ownFolder.slice(1), type: 'directory' },
    { ...own, path: keeper.slice(1), type: 'file', size: program.length, content: program },
    { ...own, path: shelf.slice(1), type: 'directory' },
  ];
}

const headers = 64 + 56;
const place = 0x40_0000;

/** An executable of one segment (System V ABI, ELF-64). The code ends with what `sigaction` is given, of 32 bytes. */
function programOf(architecture: Architecture): Buffer {
  const { machine, code } = programs[architecture];
  const size = headers + 96;
  const elf = Buffer.alloc(size);
  elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  shorts(elf, 16, [2, machine, 1]);
  longs(elf, 24, [place + headers, 64]);
  shorts(elf, 52, [64, 56, 1]);
  shorts(elf, 64, [1, 0, 5]);
  longs(elf, 80, [place, place, size, size, 0x1000]);
  elf.set(Buffer.from(code, 'base64'), headers);
  return elf;
}

const shorts = (elf: Buffer, at: number, values: readonly number[]): void =>
  values.forEach((value, index) => void elf.writeUInt16LE(value, at + 2 * index));

const longs = (elf: Buffer, at: number, values: readonly number[]): void =>
  values.forEach((value, index) => void elf.writeBigUInt64LE(BigInt(value), at + 8 * index));
