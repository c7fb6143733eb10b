/** Where rows are written to. */
export interface Door {
  /** An address, or a name that this machine knows. */
  readonly host: string;
  readonly port: number;
  /** Who the certificate must say that it is. */
  readonly servername: string;
  /** PEM of the authority that must have signed it. */
  readonly authority: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** What one writer is given to do. */
export interface Task {
  readonly writer: number;
  readonly door: Door;
  /** The file that it keeps. */
  readonly ledger: string;
  /** Milliseconds from one row to the next at least. */
  readonly pace: number;
  /** Milliseconds. */
  readonly patience: { readonly connect: number; readonly read: number };
}

/**
 * Longer than a connection takes on a busy machine, and a commit while the synchronous standby changes; shorter than any
 * outage that is too long.
 */
export const usualPatience: Task['patience'] = { connect: 3_000, read: 3_000 };
