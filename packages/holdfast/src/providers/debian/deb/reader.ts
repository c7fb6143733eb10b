import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import limited from 'p-limit';
import { sha256 } from '../../../kit/hash.ts';
import { bytesSource, fileSource } from '../../../kit/source.ts';
import { entriesIn } from '../../../kit/tar/read.ts';
import { type DebMembers, membersOf } from './ar.ts';
import { controlOf } from './control-part.ts';
import type { DebPackage, DebReader } from './deb-package.ts';
import { decompressor } from './decompress.ts';
import { unpackedInMemory } from './in-memory.ts';
import type { Decompress, Packed } from './packed.ts';
import { soundEntries } from './sound-entries.ts';

export interface DebReaderOptions {
  /** Default: that of {@link decompressor}. */
  readonly decompress?: Decompress;
  /** How large a data part may be, in bytes. Default 4 GiB; less where the package says that it takes less. */
  readonly limit?: number;
  /** How many packages at a time. Default: one for each core. */
  readonly atOnce?: number;
}

/** The data part of each package goes to a file in the scratch folder that is named after the path of the .deb. */
export function debReader(options: DebReaderOptions = {}): DebReader {
  const { decompress = decompressor(), limit = 4 * 2 ** 30, atOnce = availableParallelism() } = options;
  const inTurns = limited(atOnce);
  return {
    read: (file, scratch, signal) =>
      inTurns(async () => {
        signal.throwIfAborted();
        const to = join(scratch, `${sha256(resolve(file)).slice(0, 32)}.tar`);
        return await taken(file, to, limit, (packed, to, limit) => decompress(packed, to, limit, signal));
      }),
  };
}

type Unpack = (packed: Packed, to: string, limit: number) => Promise<number>;

async function taken(file: string, tar: string, limit: number, unpack: Unpack): Promise<DebPackage> {
  const { data, ...rest } = await beginningOf(file);
  try {
    await unpack(data, tar, Math.min(limit, declared(rest.control)));
    return { ...rest, entries: soundEntries(file, entriesIn(tar, { name: `${file} (data part)`, refused })) };
  } catch (error) {
    await rm(tar, { force: true });
    throw error;
  }
}

/** What is before the data part, and where that is. */
async function beginningOf(file: string): Promise<Omit<DebPackage, 'entries'> & Pick<DebMembers, 'data'>> {
  using source = fileSource(file);
  const { control, data } = membersOf(source);
  const bytes = await unpackedInMemory(source, control, controlLimit);
  return { ...controlOf(file, bytesSource(`${file} (control part)`, bytes)), data };
}

/** Templates in all languages are some hundred kB; nothing needs more than this. */
const controlLimit = 32 << 20;

/** Packages make these in scripts, where they need them; dpkg-deb would unpack them. */
const refused = ['character', 'block', 'fifo'] as const;

/**
 * The most that a package needs of which `Installed-Size` is true, in bytes. It counts each file in KiB, rounded up, and
 * 1 KiB for all else (dpkg-gencontrol(1)); a tar archive takes at most twice that for headers, long names and padding.
 * The rest is for packages that declare too little: in Debian 12 none comes near.
 */
function declared(control: string): number {
  const [, kibibytes] = /^Installed-Size:[ \t]*(\d+)[ \t]*$/im.exec(control) ?? [];
  return kibibytes === undefined ? Number.POSITIVE_INFINITY : 2 * 1024 * Number(kibibytes) + (64 << 20);
}
