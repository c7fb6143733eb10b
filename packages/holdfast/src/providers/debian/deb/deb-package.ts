import type { TreeEntry } from '../../../kit/tree.ts';

/** A .deb (deb(5)), taken apart. Nothing of it was run, and nothing was written outside of the scratch folder. */
export interface DebPackage {
  /** The `control` file as it stands. */
  readonly control: string;
  /** All other files of the control part by name: `postinst`, `conffiles`, `md5sums`, `triggers`, `templates` … */
  readonly parts: ReadonlyMap<string, Uint8Array>;
  /** The data part: each entry with a sound path; the content of files lies in the scratch folder. */
  readonly entries: readonly TreeEntry[];
}

/** Takes .debs apart, several at a time. */
export interface DebReader {
  /** Throws a Problem, naming the file, for what is no sound .deb; `size` bounds nothing of what it unpacks to. */
  read(file: string, scratch: string, signal: AbortSignal): Promise<DebPackage>;
}
