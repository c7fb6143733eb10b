import type { PackageRecord } from '../index/package-record.ts';

/** A name, and what is decided of it so far. */
export interface Package {
  readonly name: string;
  /** The newest first. */
  readonly versions: readonly PackageRecord[];
  /** What is installed below: it stays as it is. */
  readonly below: PackageRecord | undefined;
  /** The version that may be chosen; none once it proved impossible. */
  candidate: PackageRecord | undefined;
  /** The version that will be there in the end. */
  chosen: PackageRecord | undefined;
  /** Decided for good: asked for, or without alternative for what was asked for. */
  guarded: boolean;
  /** Which package made it be chosen; none for what was asked for. */
  because: Package | undefined;
}

export const isAdded = ({ chosen, below }: Package): boolean => chosen !== undefined && below === undefined;

/** The same version, whichever list it was read from. */
export const isSame = (a: PackageRecord | undefined, b: PackageRecord | undefined): boolean =>
  a !== undefined && a.name === b?.name && a.version === b.version && a.architecture === b.architecture;

export const isEssential = ({ versions }: Package): boolean => versions.some(({ essential }) => essential);
