import { type Clock, systemClock } from '../../../kit/clock.ts';
import { randomId } from '../../../kit/id.ts';
import type { Scope } from '../../../model/identity.ts';
import type { TrialStage } from './engine-trials.ts';

/** Whose all trials are, as far as an engine is concerned. */
export const trialSystem = 'holdfast-trial';

/** A scope that nobody else has. It tells when it began, so that what a killed process left is known by its age. */
export const trialScope = (system: string, clock: Clock = systemClock): Scope => ({
  system,
  environment: `t${Math.floor(clock() / 1_000).toString(36)}-${randomId()}`,
});

/** In seconds: no examination takes as long. */
const patience = 3_600;

/** Takes away what trials left whose process was killed. */
export async function removeLeftovers({ within, system }: TrialStage, clock: Clock = systemClock): Promise<void> {
  const own = within({ system, environment: 'none' });
  for (const kind of ['instance', 'network', 'image']) {
    const seen = await own.provider(kind).observe({ system, environment: 'none' });
    const owners = seen.flatMap(({ owner }) =>
      owner && owner.system === system && isStale(owner, clock) ? owner.environment : [],
    );
    for (const environment of new Set(owners)) await removeAll(kind, { system, environment }, within);
  }
}

function isStale(owner: Scope, clock: Clock): boolean {
  const [, began] = /^t([0-9a-z]+)-/.exec(owner.environment) ?? [];
  return began !== undefined && clock() / 1_000 - Number.parseInt(began, 36) > patience;
}

async function removeAll(kind: string, scope: Scope, within: TrialStage['within']): Promise<void> {
  const provider = within(scope).provider(kind);
  for (const seen of await provider.observe(scope))
    if (seen.birth) await provider.remove(seen, new AbortController().signal).catch(() => {});
}
