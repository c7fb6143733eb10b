import type { Payloads } from '../../journal/fact.ts';
import { spellMinute } from '../../kit/clock.ts';
import { spellDuration } from '../../kit/duration.ts';
import { plural } from '../../kit/layout.ts';
import type { LiveEvent, LiveEventOf } from '../output/event.ts';
import { timeOfDay } from '../show/moment.ts';
import { planLines } from '../show/plan.ts';
import type { Palette } from '../show/screen.ts';
import { takenOverLine } from '../show/secret/taken-over.ts';
import { done, type StepTold, subject } from '../show/step.ts';

/**
 * What was told so far, as far as later lines need it. It grows with each event: a new one each time would make ten
 * thousand steps take seconds to tell.
 */
export class Told {
  /** Steps that were begun, by id. */
  readonly steps = new Map<string, StepTold>();
  /** What the plan does, by address. */
  #actions: ReadonlyMap<string, string> = new Map();

  hear(event: LiveEvent): void {
    if (event.event === 'planned')
      this.#actions = new Map(event.plan.changes.map(({ address, action }) => [address, action]));
    if (event.event !== 'fact' || event.kind !== 'step.intended') return;
    const { step, op, address } = event.payload as unknown as StepTold;
    const action = this.#actions.get(address);
    this.steps.set(step, { step, op, address, ...(action !== undefined && { action }) });
  }
}

export interface LineFrame {
  readonly paint: Palette;
  readonly width: number;
  readonly told: Told;
}

/** The lines that stay, of one event. Pure. */
export function linesOf(event: LiveEvent, frame: LineFrame): readonly string[] {
  const { paint } = frame;
  switch (event.event) {
    case 'waiting':
      return [paint.yellow(waitingWords(event))];
    case 'planned':
      return [...planLines(event.plan, paint, frame.width), ...(event.plan.noop ? [] : [''])];
    case 'fact':
      return factLines(event, frame);
    case 'output':
      return event.layer ? [`${paint.dim('·')} ${event.address} ${paint.dim(event.line)}`] : [];
    case 'going-back':
      return [paint.yellow(`going back to release r${event.to}: ${event.why}`)];
    case 'stopping':
      return [paint.yellow(stoppingWords(event, frame.told))];
    case 'result':
      return resultLines(event, paint);
    default:
      return [];
  }
}

/** On one line, since scripts look for it: `waiting for ada@laptop (holdfast up, process 4711, since 21:58:03)`. */
export const waitingWords = ({ owner, since }: LiveEventOf<'waiting'>): string =>
  `waiting for ${owner.user}@${owner.host} (${owner.doing}, process ${owner.pid}${since ? `, since ${timeOfDay(since)}` : ''})`;

function stoppingWords({ by, abandon }: LiveEventOf<'stopping'>, { steps }: Told): string {
  if (abandon) return 'leaving all as it is at this moment';
  const why = by === 'timeout' ? 'the time is up' : 'stopping';
  if (steps.size === 0) return `${why}: nothing was begun`;
  const hint = by === 'SIGINT' ? '; once more leaves it as it is' : '';
  return `${why}: what is under way is finished, then all goes back${hint}`;
}

function factLines({ kind, payload }: LiveEventOf<'fact'>, { paint, told: { steps } }: LineFrame): readonly string[] {
  const told = steps.get(String(payload.step));
  if (kind === 'step.done' && told)
    return [
      `${paint.green('✓')} ${subject(told)} ${paint.dim(done(told, Number(payload.milliseconds), payload.note as string))}`,
    ];
  if (kind === 'step.failed' && told) return [`${paint.red('✗')} ${paint.red(failedWords(told, payload.problem))}`];
  if (kind === 'secret.generated') return [`${paint.green('✓')} secret/${payload.name} ${paint.dim('made')}`];
  if (kind === 'secret.taken-over') return [takenOverLine(payload as Payloads['secret.taken-over'], paint)];
  if (kind === 'resource.renamed')
    return [`${paint.green('✓')} ${payload.from} ${paint.dim('is called')} ${payload.to} ${paint.dim('from now on')}`];
  if (kind === 'destruction.scheduled' || kind === 'destruction.cancelled')
    return [`${paint.green('✓')} ${payload.address} ${paint.dim(destructionWords(kind, payload.due))}`];
  return [];
}

const destructionWords = (kind: string, due: unknown): string =>
  kind === 'destruction.cancelled' ? 'is not destroyed' : `is destroyed after ${spellMinute(String(due))}`;

/** What went wrong names its subject by itself, as a rule. */
function failedWords(told: StepTold, problem: unknown): string {
  const { what = 'failed' } = problem as { readonly what?: string };
  return what.includes(subject(told)) ? what : `${subject(told)} ${what}`;
}

function resultLines({ verb, outcome, number, done, milliseconds, addresses }: LiveEventOf<'result'>, paint: Palette) {
  const reached = addresses.map(url => `  ${paint.cyan(url)}`);
  if (outcome === 'unchanged') return reached;
  const release = number === undefined ? 'The release' : `Release r${number}`;
  if (outcome !== 'kept') return ['', paint.red(paint.bold(`${release} ${endings[outcome]}.`))];
  const good = verb === 'down' ? 'All is taken away.' : `${release} is kept.`;
  return ['', `${paint.green(paint.bold(good))} ${plural(done, 'step')} in ${spellDuration(milliseconds)}`, ...reached];
}

const endings = { failed: 'failed', 'rolled-back': 'went back', interrupted: 'was interrupted' } as const;
