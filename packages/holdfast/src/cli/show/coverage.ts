import type { PlanOutput, StrangerOutput } from '../output/plan.ts';
import { plural, wrapped } from './layout.ts';
import type { Palette } from './screen.ts';

/** How many strangers are called by their names. */
const named = 3;

/** How much of what is on the engine is in code, and who else is there. */
export function coverageLine({ coverage, notOurs }: PlanOutput, paint: Palette, width: number): readonly string[] {
  if (notOurs.length === 0) return [];
  const { ours, all } = coverage;
  const near = notOurs.filter(({ onOurNetworks }) => onOurNetworks);
  const figure = `${ours} of ${plural(all, 'object')} on this engine ${ours === 1 ? 'is' : 'are'} in code`;
  const lines = wrapped('', `${figure}; not ours: ${listed(notOurs)}`, width).map(paint.dim);
  const warning =
    near.length > 0
      ? wrapped('', `On our networks and not ours: ${near.map(({ name }) => name).join(', ')}`, width)
      : [];
  return [...warning.map(paint.yellow), ...lines];
}

function listed(strangers: readonly StrangerOutput[]): string {
  const names = strangers.slice(0, named).map(({ kind, name }) => `${wordFor(kind)} ${name}`);
  const more = strangers.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}

const wordFor = (kind: string): string => (kind === 'instance' ? 'container' : kind);
