import { type Clock, systemClock } from '../../kit/clock.ts';
import { spellDuration } from '../../kit/duration.ts';
import type { Wanted } from '../../ports/looking/snapshot.ts';
import type { Reading, SnapshotReader, Whereabouts } from '../../ports/looking/snapshot-reader.ts';
import type { Seen } from '../../ports/provider.ts';
import { type HeldProcess, holdProcess } from './held-process.ts';
import { census } from './processes.ts';
import { type Container, snapshotOf } from './snapshot.ts';
import { holdFolder, holdLinked, under } from './tree/folder.ts';

export interface ProcfsOptions {
  readonly clock?: Clock;
  /** How long a look may take, in milliseconds. What is not read by then is unknown. */
  readonly patience?: number;
  readonly platform?: NodeJS.Platform;
}

/**
 * Reads what the kernel of this machine says of containers that run on it. Needs no shell and no tool inside, and starts
 * nothing there; needs to be root here, and the engine to be on this machine itself.
 */
export function procfsReader(whereabouts: Whereabouts, options: ProcfsOptions = {}): SnapshotReader {
  const { clock = systemClock, patience = 10_000, platform = process.platform } = options;
  const all = census();
  return {
    tier: 'proc',
    async read(target, wanted, signal) {
      signal.throwIfAborted();
      if (platform !== 'linux') return { elsewhere: 'this machine has no /proc' };
      const place = await whereabouts(target, signal);
      if (!place) return { unknown: 'it does not run' };
      const late = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
      const reading = await readInside(target, place.pid, readingOf(wanted, { clock, late, patience, all }));
      signal.throwIfAborted();
      return reading;
    },
  };
}

/** Reads what the kernel of this machine says of the machine itself. */
export function hostReader({ clock = systemClock, patience = 10_000 }: ProcfsOptions = {}): SnapshotReader {
  const all = census();
  return {
    tier: 'proc',
    async read(_, wanted, signal) {
      const late = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
      // The first process of a machine may be closed even to root; the namespaces that we are in are its own.
      await using first = await holdProcess(process.pid);
      await using root = await holdFolder('/');
      const machine = { first, all, root, at: clock(), late, lateness: latenessOf(patience) };
      const snapshot = await snapshotOf(machine, { ...wanted, environment: false });
      signal.throwIfAborted();
      return { snapshot: { ...snapshot, environment: { unknown: 'a machine has no environment of its own' } } };
    },
  };
}

const latenessOf = (patience: number): string => `it could not be read within ${spellDuration(patience)}`;

type Read = (first: HeldProcess, target: Seen) => Promise<Reading>;

interface ReadingGround extends Pick<Container, 'all' | 'late'> {
  readonly clock: Clock;
  readonly patience: number;
}

const readingOf =
  (wanted: Wanted, { clock, late, patience, all }: ReadingGround): Read =>
  async (first, target) => {
    await using root = await holdLinked(under(first, 'root'));
    const container = { first, all, root, group: target.id, at: clock(), late, lateness: latenessOf(patience) };
    const snapshot = await snapshotOf(container, wanted);
    return (await first.isAlive()) ? { snapshot } : { unknown: 'it ended while it was looked at' };
  };

/** Only a process that the kernel itself says to be in the container may answer for it. */
async function readInside(target: Seen, pid: number, read: Read): Promise<Reading> {
  try {
    await using first = await holdProcess(pid);
    const group = await first.read('cgroup');
    if (!isLong.test(target.id) || !group.includes(target.id))
      return { elsewhere: `process ${pid} of this machine is none of its` };
    return await read(first, target);
  } catch (error) {
    return { elsewhere: `this machine does not let itself be looked into: ${wordsOf(error)}` };
  }
}

/** An id that nothing else has in its name by accident. */
const isLong = /^[0-9a-f]{64}$/;

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
