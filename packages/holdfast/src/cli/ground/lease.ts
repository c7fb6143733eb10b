import { isFact, type LeaseOwner, type Recorder } from '../../journal/fact.ts';
import type { Journal } from '../../journal/journal.ts';
import { type HeldLease, waitForLease } from '../../journal/keeper.ts';
import { leaseName } from '../../journal/lease-name.ts';
import { currentOwner } from '../../journal/owner.ts';
import type { Scope } from '../../model/identity.ts';

export interface LeaseParts {
  readonly scope: Scope;
  readonly journal: Journal;
  /** What for: `holdfast up`. */
  readonly doing: string;
  /** For how long to wait, in milliseconds; 0 for not at all. */
  readonly wait: number;
  readonly signal: AbortSignal;
  readonly record: Recorder;
  readonly onWait: (owner: LeaseOwner, since: string | undefined) => void;
}

/** Waits for the environment's lease, works while it is held, and leaves it. Both are facts. */
export async function withLease<T>(parts: LeaseParts, work: (lease: HeldLease) => Promise<T>): Promise<T> {
  const { scope, journal, wait, signal, record } = parts;
  const owner = currentOwner(parts.doing);
  let isWaiting = true;
  const say = async (holder: LeaseOwner): Promise<void> => {
    const since = await sinceWhen(journal, scope, holder).catch(() => undefined);
    if (isWaiting) parts.onWait(holder, since);
  };
  await using lease = await waitForLease({
    leases: journal.leases,
    name: leaseName(scope),
    owner,
    signal,
    atMost: wait,
    onWait: holder => void say(holder),
  }).finally(() => {
    isWaiting = false;
  });
  const { token, from } = lease;
  await record({ kind: 'lease.taken', ...scope, payload: { owner, token, ...(from && { from }) } });
  try {
    return await work(lease);
  } finally {
    if (await lease.stillMine()) await record({ kind: 'lease.left', ...scope, payload: { token } });
  }
}

async function sinceWhen(journal: Journal, scope: Scope, { pid, host }: LeaseOwner): Promise<string | undefined> {
  const query = { ...scope, kinds: ['lease.taken'], newestFirst: true, limit: 1 };
  for await (const fact of journal.read(query))
    if (isFact(fact, 'lease.taken') && fact.payload.owner.pid === pid && fact.payload.owner.host === host)
      return fact.at;
  return undefined;
}
