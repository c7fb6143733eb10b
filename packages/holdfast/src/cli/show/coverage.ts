import { plural, wrapped } from '../../kit/layout.ts';
import type { PlanOutput, StrangerOutput } from '../output/plan.ts';
import type { Palette } from './screen.ts';

/** How many strangers are called by their names. */
const named = 3;

/** How much of what is on the engine is in code, and who else is there. */
export function coverageLines({ coverage, notOurs }: PlanOutput, paint: Palette, width: number): readonly string[] {
  const near = notOurs.filter(({ onOurNetworks }) => onOurNetworks);
  const nobodys = notOurs.filter(({ of }) => of === undefined);
  const figure = `${coverage.ours} of ${plural(coverage.all, 'object')} on this engine ${coverage.ours === 1 ? 'is' : 'are'} in code`;
  return [
    ...(near.length > 0 ? wrapped('', `on our networks and not ours: ${listed(near)}`, width).map(paint.yellow) : []),
    ...(nobodys.length > 0 ? wrapped('', `${figure}; not ours: ${listed(nobodys)}`, width).map(paint.dim) : []),
  ];
}

function listed(strangers: readonly StrangerOutput[]): string {
  const names = strangers.slice(0, named).map(({ kind, name }) => `${wordFor(kind)} ${name}`);
  const more = strangers.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}

const wordFor = (kind: string): string => (kind === 'instance' ? 'container' : kind);
