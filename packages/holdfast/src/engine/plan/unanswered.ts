import { addressOf } from '../../model/resource.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { InsideDesire, InsideState } from '../../ports/desires.ts';
import type { Seen } from '../../ports/provider.ts';
import type { Match } from './match.ts';

/** What to say of something that is made since nobody could tell whether it is there: its servers did not answer. */
export function unanswered(
  last: SystemModel | undefined,
  seen: readonly Seen[],
): (match: Pick<Match, 'wanted' | 'fate' | 'desired'>) => readonly string[] {
  const before = new Set(last?.resources.map(addressOf));
  const answering = new Set(seen.flatMap(({ within, state }) => (within ? [(state as InsideState).cluster] : [])));
  return ({ wanted, fate, desired }) => {
    const cluster = (desired.spec as Partial<InsideDesire> | undefined)?.cluster;
    const isInside = ['database', 'role', 'extension'].includes(wanted.kind) && cluster !== undefined;
    if (fate !== 'create' || !isInside || !before.has(wanted.of) || answering.has(cluster)) return [];
    return [`no server of cluster "${cluster}" answers: if it is there, it stays as it is`];
  };
}
