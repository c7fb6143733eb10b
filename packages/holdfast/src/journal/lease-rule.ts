import type { LeaseOwner } from './fact.ts';
import type { LeaseAnswer } from './journal.ts';

/** What a store keeps of a lease. It stays when nobody holds it, since the token only ever grows. */
export interface LeaseState {
  readonly token: number;
  /** Undefined when it was left. */
  readonly owner?: LeaseOwner | undefined;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** What taking a lease gives at a moment. `from` is whom it was taken from, who did not leave it. */
export function answerTo(
  lease: LeaseState | undefined,
  now: number,
  isDead: (owner: LeaseOwner) => boolean,
): LeaseAnswer {
  if (!lease) return { taken: true, token: 1 };
  const { owner, expires, token } = lease;
  if (!owner) return { taken: true, token: token + 1 };
  if (expires <= now || isDead(owner)) return { taken: true, token: token + 1, from: owner };
  return { taken: false, holder: owner, expires };
}

export const isHeldBy = (lease: LeaseState | undefined, token: number, now: number): boolean =>
  lease?.owner !== undefined && lease.token === token && lease.expires > now;
