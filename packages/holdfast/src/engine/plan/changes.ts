import { spellMinute } from '../../kit/clock.ts';
import { spellEvery } from '../../kit/every.ts';
import type { InstanceDesire } from '../../ports/desires.ts';
import type { Seen } from '../../ports/provider.ts';
import { isInstance } from '../observe/world.ts';
import type { Match } from './match.ts';
import type { Cancelled, Change, Scheduled } from './plan.ts';
import type { Removals } from './removals.ts';
import type { Routing } from './routing.ts';

/** The plan's words: one change a thing that will be different. */
export function changesOf(
  matches: readonly Match[],
  removals: Removals,
  routes: Routing,
  notesFor: (match: Match) => readonly string[] = () => [],
): readonly Change[] {
  return [
    ...matches.flatMap(match => matchChange(match, removals.replaced.get(match) ?? [], notesFor(match))),
    ...removals.cancelled.map(cancelChange),
    ...removals.scheduled.map(scheduleChange),
    ...removals.gone.map((seen): Change => goneChange(seen, removals)),
    ...routes.edges.flatMap(routeChange),
  ];
}

function matchChange(match: Match, leftovers: readonly Seen[], more: readonly string[]): Change[] {
  const { wanted, fate, differences } = match;
  const base = { address: wanted.address, of: wanted.of, why: differences };
  const notes = [...(match.formerly ? [`was ${match.formerly}`] : []), ...more];
  if (fate === 'replace')
    return [
      {
        ...base,
        action: runs(match) ? 'run' : 'replace',
        order: wanted.order,
        notes: [...notes, ...notesOf(match), ...reachOf(match)],
      },
    ];
  if (fate === 'create')
    return [
      { ...base, action: runs(match) ? 'run' : 'create', notes: [...notes, ...whenOf(match), ...reachOf(match)] },
    ];
  if (fate === 'change') return [{ ...base, action: 'change', notes: [...notes, ...pauseOf(match)] }];
  if (match.formerly) return [{ ...base, action: 'rename', notes }];
  return leftovers.length > 0
    ? [{ ...base, action: 'remove', notes: [...notes, ...leftovers.map(seen => `left behind: ${seen.name}`)] }]
    : [];
}

const runs = ({ wanted }: Match): boolean => wanted.role.is === 'task';

/** What is said loudly each time that one is made. */
function reachOf({ desired: { kind, spec } }: Match): string[] {
  if (kind !== 'instance' || !(spec as InstanceDesire).reaches?.engine) return [];
  return ['it has the engine’s socket: whoever has it is root on the engine’s machine'];
}

/** What is made now and started by somebody else. */
const whenOf = ({ wanted: { role } }: Match): string[] =>
  role.is === 'scheduled' ? [`runs ${spellEvery(role.every)}`] : [];

function notesOf(match: Match): string[] {
  const { wanted } = match;
  if (wanted.role.is === 'scheduled') return whenOf(match);
  if (wanted.role.is === 'server' && wanted.order === 'stop-first')
    return ['its volume or host port can have one holder: a short pause'];
  if (wanted.kind === 'role') return ['who it replaces goes when nothing uses it any more'];
  return wanted.of.startsWith('migration/') ? ['going back later does not undo it'] : [];
}

/** An engine can't change how an instance is attached without cutting it off for a moment. */
function pauseOf({ wanted, differences, seen }: Match): string[] {
  const reattached = differences.some(({ aspect }) => aspect.startsWith('network '));
  const isUp = seen !== undefined && isInstance(seen) && seen.state.running;
  return reattached && isUp && wanted.role.is === 'server' ? ['it leaves its network for a moment: a short pause'] : [];
}

const goneChange = (seen: Seen, removals: Removals): Change => ({
  action: seen.holdsData ? 'destroy' : 'remove',
  address: removals.addressOf(seen),
  of: removals.addressOf(seen),
  why: [],
  about: seen.about,
  ...(removals.overdue.has(seen) && { isOverdue: true }),
  notes: seen.holdsData
    ? [`its data goes with it${removals.overdue.has(seen) ? ': it was named, and its grace period is over' : ''}`]
    : [],
});

const scheduleChange = ({ address, due }: Scheduled): Change => ({
  action: 'schedule',
  address,
  of: address,
  why: [],
  notes: [`it is destroyed with its data after ${spellMinute(due)}; declared again until then, it stays`],
});

const cancelChange = ({ address }: Cancelled): Change => ({
  action: 'cancel',
  address,
  of: address,
  why: [],
  notes: ['it was to be destroyed, and stays with its data'],
});

const routeChange = ({ edge, match, differs, table }: Routing['edges'][number]): Change[] =>
  differs
    ? [
        {
          action: 'route',
          address: match.wanted.address,
          of: edge,
          why: [],
          notes: table.map(({ host, path, upstreams }) => `${host}${path} → ${upstreams.length} instances`),
        },
      ]
    : [];
