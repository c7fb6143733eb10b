import type { TreeChange, TreeEntry } from '../kit/tree.ts';
import type { LayerBlob } from './baked-image.ts';
import type { Architecture } from './distribution.ts';

/** A file system that exists for one work alone. */
export interface Site {
  /** What is there to begin with, lowest first. May be empty. */
  readonly layers: readonly LayerBlob[];
  /** Whether it may reach the world, by a proxy that records which hosts. */
  readonly network: boolean;
  /** Absolute paths of folders that are in memory, empty to begin with; nothing of what is in them is left. Default: none. */
  readonly passing?: readonly string[];
  /** A folder of the caller's, for the content of what the work leaves. */
  readonly scratch: string;
}

/** Work to be done inside of it. */
export interface Task {
  /** For people: `configure 109 packages`. */
  readonly about: string;
  /** What is put on top of them before the work begins. Part of what the work leaves only where the work changes it. */
  readonly fresh: readonly TreeEntry[];
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  readonly workdir: string;
  /** Told each line that the work says. */
  readonly onOutput: (line: string) => void;
}

export interface Work extends Site, Task {}

/** A site that is being made ready, or is. Disposing of it takes it away. */
export interface OpenSite extends AsyncDisposable {
  /** Does the work, as soon as the site is ready. Once. */
  work(task: Task): Promise<Worked>;
}

export interface Worked extends TreeChange {
  /** Hosts that it reached, where it might. */
  readonly contacted: readonly string[];
}

/**
 * Runs commands in a throwaway container: no network, no name of this machine, nothing but the files that it is given.
 * Always cleans up after itself; what a killed process of ours left goes with the next work.
 */
export interface Workshop {
  readonly architecture: Architecture;
  /**
   * What the command changed: entries that are new or not as they were, with times as they are, and what it removed.
   * Without what a container runtime itself puts there (/dev, /proc, /sys, /etc/hosts, /etc/hostname,
   * /etc/resolv.conf, /.dockerenv), and without /tmp. Throws a Problem with its last lines when it ends with another
   * code than 0. Needs `sh`, `find` and `tar` in the file system.
   */
  work(work: Work, signal: AbortSignal): Promise<Worked>;
  /** Begins to make a site ready at once, for who has something else to do until the work is known. */
  open(site: Site, signal: AbortSignal): OpenSite;
}
