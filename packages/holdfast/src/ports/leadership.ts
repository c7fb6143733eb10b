/** Who leads a database cluster, by the key that says so. */
export interface Leader {
  readonly member: string;
  /** Changes whenever the key is written: by each new leader, and by the same one after a restart. */
  readonly revision: number;
}

/** What one transaction found. */
export interface Claim {
  /** Whether this guardian may act: at most one may at any moment. */
  readonly lock: 'mine' | 'theirs';
  /** Undefined where nobody leads. */
  readonly leader?: Leader;
}

/**
 * Who leads one cluster, and who may change that from outside. Every call throws a Problem that may be tried again where
 * the store does not answer. Every implementation passes `ports/conformance/leadership.ts`.
 */
export interface Leadership {
  /** Who leads at this moment; undefined where nobody does. */
  read(): Promise<Leader | undefined>;

  /** Takes the guardian's lock where it is free, keeps it where it is ours, and reads who leads in the same moment. */
  claim(): Promise<Claim>;

  /**
   * Takes the lead away from a member: only where the lock is ours, and the key is the very one that was read. False
   * where it is not, and then nothing has changed.
   */
  depose(leader: Leader): Promise<boolean>;

  /** Leaves the lock. Nothing where it is not ours. */
  release(): Promise<void>;
}
