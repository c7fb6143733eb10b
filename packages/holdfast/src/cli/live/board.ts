import { spellDuration } from '../../kit/duration.ts';
import { columns, cut, plural } from '../../kit/layout.ts';
import type { LiveEvent, LiveEventOf } from '../output/event.ts';
import type { Palette } from '../show/screen.ts';
import { doing, type StepTold, subject } from '../show/step.ts';
import { waitingWords } from './lines.ts';

/** What is under way at a moment. Immutable. */
export interface Board {
  readonly running: ReadonlyMap<string, Running>;
  readonly waiting?: LiveEventOf<'waiting'>;
}

interface Running extends StepTold {
  readonly since: number;
  /** The last that was heard of it: a gate's answer, a line of a build. */
  readonly latest?: string;
}

export const empty: Board = { running: new Map() };

/** The board after an event. Pure. */
export function after({ running }: Board, event: LiveEvent): Board {
  if (event.event === 'waiting') return { running, waiting: event };
  if (event.event === 'answer') return { running: heardOf(running, ({ step }) => step === event.step, event.answer) };
  if (event.event === 'output')
    return { running: heardOf(running, ({ address }) => address === event.address, event.line) };
  return { running: event.event === 'fact' ? afterFact(running, event) : running };
}

type AllRunning = Board['running'];

function afterFact(running: AllRunning, { kind, at, payload }: LiveEventOf<'fact'>): AllRunning {
  const { step, op, address } = payload as unknown as StepTold;
  if (kind === 'step.intended') return new Map(running).set(step, { step, op, address, since: Date.parse(at) });
  return kind === 'step.done' || kind === 'step.failed' ? new Map([...running].filter(([id]) => id !== step)) : running;
}

const heardOf = (running: AllRunning, is: (one: Running) => boolean, latest: string): AllRunning =>
  new Map([...running].map(([step, one]) => [step, is(one) ? { ...one, latest } : one]));

const spinner = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
/** More lines than these tell less. */
const most = 10;

/** The lines that show it, one a step. Pure; `now` is in milliseconds since 1970. */
export function boardLines({ running, waiting }: Board, now: number, paint: Palette, width: number): readonly string[] {
  const turn = spinner[Math.floor(now / 100) % spinner.length] ?? '';
  if (waiting) return [`${paint.yellow(turn)} ${waitingWords(waiting)}`];
  const shown = [...running.values()].slice(0, most);
  const rows = shown.map(one => [subject(one), doing(one), spellDuration(now - one.since), one.latest ?? '']);
  const lines = columns(rows).map(line => `${paint.cyan(turn)} ${cut(line, width - 2)}`);
  const more = running.size - shown.length;
  return more > 0 ? [...lines, paint.dim(`  and ${plural(more, 'more step')} under way`)] : lines;
}
