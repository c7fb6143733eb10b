import type { Address } from '../model/address.ts';

/** What became of one backup when a server was to be made of it. */
export type BackupRestored = RestoredWhole | FoundUnreadable;

interface OfBackup {
  readonly cluster: Address;
  /** Its label in the repository. */
  readonly backup: string;
  /** The image that it was restored with, by the reference that instances name. */
  readonly image: string;
}

export interface RestoredWhole extends OfBackup {
  readonly verdict: 'restored';
  /** What the server is called that was made of it. */
  readonly into: string;
  /** The moment that was asked for: ISO 8601, UTC. Absent where all of the archive was. */
  readonly target?: string;
  /** Whether that moment was reached; where not, all that could be read is there. */
  readonly reached: boolean;
  /** The newest commit that is in it: ISO 8601, UTC. Absent where there was none after the backup. */
  readonly lastCommit?: string;
  /** Segments of the archive behind this one are there and can't be read. */
  readonly brokenAfter?: string;
  /** From the wish to the first answer, in milliseconds. */
  readonly rto: number;
  /** From the newest commit in it to the moment that was asked for, in milliseconds: what is lost at most. */
  readonly rpo: number;
}

export interface FoundUnreadable extends OfBackup {
  readonly verdict: 'unreadable';
  readonly reason: string;
}
