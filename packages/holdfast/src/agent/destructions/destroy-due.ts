import type { Destruction, LeaseOwner } from '../../journal/fact.ts';
import type { Journal } from '../../journal/journal.ts';
import { type HeldLease, holdIfFree } from '../../journal/keeper.ts';
import { leaseName } from '../../journal/lease-name.ts';
import { destructions } from '../../journal/view.ts';
import type { Clock } from '../../kit/clock.ts';
import type { Address } from '../../model/address.ts';
import type { Scope } from '../../model/identity.ts';
import type { Provider } from '../../ports/provider.ts';

export interface DestructionGround {
  readonly scope: Scope;
  readonly engine: string;
  readonly journal: Journal;
  readonly volumes: Provider;
  /** Whether the release that runs has it: then it is not to go, whatever was named. */
  readonly isDeclared: (address: Address) => boolean;
  readonly clock: Clock;
  readonly owner: LeaseOwner;
  readonly signal: AbortSignal;
}

/**
 * Destroys the volumes of this engine whose grace period is over. Under the lease of the environment, so that nobody is
 * just declaring one of them again. What is inside of a database goes with the next `up`. Gives until when it is done
 * with, in milliseconds since 1970; undefined while somebody changes the environment. Throws the first Problem when all
 * were tried.
 */
export async function destroyDue(ground: DestructionGround): Promise<number | undefined> {
  const now = ground.clock();
  if ((await dueAt(now, ground)).length === 0) return now;
  const { scope, journal, owner } = ground;
  await using lease = await holdIfFree({ leases: journal.leases, name: leaseName(scope), owner });
  if (!lease) return undefined;
  const problems: unknown[] = [];
  for (const due of await dueAt(now, ground))
    await destroy(due, lease, ground).catch((problem: unknown) => problems.push(problem));
  if (problems.length > 0) throw problems[0];
  return now;
}

async function dueAt(
  now: number,
  { scope, journal, engine, isDeclared }: DestructionGround,
): Promise<readonly Destruction[]> {
  const all = await destructions(journal, scope.system, scope.environment);
  return [...all.values()].filter(
    ({ kind, due, address, ...one }) =>
      kind === 'volume' && one.engine === engine && Date.parse(due) <= now && !isDeclared(address),
  );
}

/** One that is gone already, by a person's hand or since this process was killed before it could say so, is told too. */
async function destroy({ uid, address }: Destruction, lease: HeldLease, ground: DestructionGround): Promise<void> {
  const { volumes, scope, journal, signal } = ground;
  const seen = (await volumes.observe(scope)).find(({ birth }) => birth?.uid === uid);
  if (!(await lease.stillMine())) return;
  if (seen) await volumes.remove(seen, signal);
  await journal.append([{ kind: 'destruction.done', ...scope, payload: { uid, address } }]);
}
