import { spellMinute } from '../../kit/clock.ts';
import { columns, padded, plural, widthOf, wrapped } from '../../kit/layout.ts';
import { actions, type ChangeOutput, type PlanOutput } from '../output/plan.ts';
import { coverageLines } from './coverage.ts';
import type { Palette } from './screen.ts';
import { shortReference } from './short-reference.ts';

type Action = ChangeOutput['action'];

/** Changes that say the same of several instances. */
interface Group {
  readonly action: Action;
  readonly of: string;
  readonly changes: readonly ChangeOutput[];
}

/** A plan that a person reads at a glance: what, why, what is lost, what stays, and how much is not in code. Pure. */
export function planLines(plan: PlanOutput, paint: Palette, width: number): readonly string[] {
  const groups = grouped(plan.changes);
  const actionWidth = Math.max(7, ...groups.map(({ action }) => action.length));
  const nameWidth = Math.min(32, Math.max(0, ...groups.map(({ of }) => widthOf(of))));
  return [
    `${paint.bold(plan.system)} ${paint.dim('·')} ${paint.bold(plan.environment)}`,
    '',
    ...groups.flatMap(group => groupLines(group, plan, { paint, width, actionWidth, nameWidth })),
    ...(groups.length > 0 ? [''] : []),
    ...plan.retained
      .filter(isNotSaidAbove(plan))
      .flatMap(({ kind, called, due }) =>
        wrapped(
          '  ',
          `${kind} ${paint.bold(called)} is no longer declared; its data stays ${untilWhen(called, due)}`,
          width,
        ),
      ),
    ...plan.notes.flatMap(note => wrapped('  ', paint.yellow(note), width)),
    ...coverageLines(plan, paint, width),
    summary(plan, paint),
  ];
}

/** What is scheduled now says by itself until when it stays. */
const isNotSaidAbove =
  ({ changes }: PlanOutput) =>
  ({ kind, called }: PlanOutput['retained'][number]): boolean =>
    !changes.some(({ action, address }) => action === 'schedule' && address === `${kind}/${called}`);

const untilWhen = (called: string, due: string | undefined): string =>
  due === undefined
    ? `(up --destroy ${called} destroys it)`
    : `until ${spellMinute(due)} (declare it again to keep it; up --destroy ${called} --no-grace destroys it now)`;

function grouped(changes: readonly ChangeOutput[]): readonly Group[] {
  const byKey = Map.groupBy(changes, ({ action, of, order = '' }) => [action, of, order].join(' '));
  return [...byKey.values()].flatMap(([first, ...more]) =>
    first ? [{ action: first.action, of: first.of, changes: [first, ...more] }] : [],
  );
}

interface Frame {
  readonly paint: Palette;
  readonly width: number;
  readonly actionWidth: number;
  readonly nameWidth: number;
}

function groupLines(
  group: Group,
  plan: PlanOutput,
  { paint, width, actionWidth, nameWidth }: Frame,
): readonly string[] {
  const { action, of, changes } = group;
  const dye = dyeOf(action, paint);
  const details = [countOf(group, plan), orderOf(group), aboutOf(changes)].filter(Boolean).join(', ');
  const lead = `  ${dye(`${symbols[action]} ${action.padEnd(actionWidth)}`)}  ${padded(paint.bold(of), nameWidth)}  `;
  const head = details === '' ? [lead.trimEnd()] : wrapped(lead, shortReference(details), width);
  return [...head, ...whyLines(changes, paint, width), ...noteLines(group, paint, width)];
}

const symbols: Readonly<Record<Action, string>> = {
  create: '+',
  run: '+',
  change: '~',
  rename: '~',
  route: '~',
  rotate: '~',
  replace: '±',
  remove: '−',
  schedule: '−',
  cancel: '~',
  destroy: '−',
};

function dyeOf(action: Action, paint: Palette): (text: string) => string {
  if (action === 'destroy') return text => paint.bold(paint.red(text));
  if (action === 'remove' || action === 'schedule') return paint.red;
  if (action === 'create' || action === 'run') return paint.green;
  return action === 'replace' ? paint.magenta : paint.yellow;
}

/** `3 instances`; where not all are meant: `1 of 3 instances (web.2)`. Nothing where there is but one. */
function countOf({ of, changes, action }: Group, { declared }: PlanOutput): string {
  const all = declared[of];
  if (action === 'route' || (all ?? changes.length) <= 1) return '';
  if (all === undefined || changes.length >= all) return plural(changes.length, nounFor(of));
  const names = changes.map(({ address }) => address.slice(address.indexOf('/') + 1));
  return `${changes.length} of ${plural(all, 'instance')} (${names.join(', ')})`;
}

/** What the changes of a resource are changes of. */
function nounFor(of: string): string {
  const kind = of.slice(0, of.indexOf('/'));
  if (kind === 'service') return 'instance';
  return kind === 'migration' || kind === 'job' ? 'run' : 'object';
}

/** Only of a service does anybody notice it. */
const orderOf = ({ of, changes }: Group): string => (of.startsWith('service/') ? (changes[0]?.order ?? '') : '');

const aboutOf = ([first, ...more]: readonly ChangeOutput[]): string => (more.length === 0 ? (first?.about ?? '') : '');

function whyLines(changes: readonly ChangeOutput[], paint: Palette, width: number): readonly string[] {
  const byAspect = Map.groupBy(
    changes.flatMap(({ why }) => why),
    ({ aspect }) => aspect,
  );
  const rows = [...byAspect].map(([aspect, whys]) => [aspect, whysInWords(whys)] as const);
  const leads = columns(rows.map(([aspect]) => ['', aspect, '']));
  return rows.flatMap(([, words], at) =>
    wrapped(`      ${paint.dim(padded(leads[at] ?? '', leadWidth(leads) + 2))}`, words, width),
  );
}

const leadWidth = (leads: readonly string[]): number => Math.max(0, ...leads.map(widthOf));

function whysInWords(whys: ChangeOutput['why']): string {
  const words = [...new Set(whys.map(({ found, wanted }) => `${onOneLine(found)} → ${onOneLine(wanted)}`))];
  const [first = '', ...more] = words;
  return more.length === 0 ? first : `${first}, and ${more.length} more like it`;
}

const onOneLine = (text: string): string => shortReference(text).replaceAll('\n', '\\n');

function noteLines({ action, changes }: Group, paint: Palette, width: number): readonly string[] {
  const notes = [...new Set(changes.flatMap(({ notes }) => notes))];
  const dye = action === 'destroy' ? paint.red : action === 'route' ? paint.dim : paint.yellow;
  return notes.flatMap(note => wrapped('      ', note, width).map(dye));
}

const summaryWords: Partial<Record<Action, string>> = { schedule: 'destroy later', cancel: 'keep after all' };

/** The one line that says all: `3 to create, 1 to replace`. */
export function summary({ noop, changes, kept }: PlanOutput, paint: Palette): string {
  if (noop) return `${paint.green('No changes.')} ${plural(kept, 'object is', 'objects are')} as declared.`;
  const counts = Map.groupBy(changes, ({ action }) => action);
  const parts = actions.flatMap(action => {
    const count = counts.get(action)?.length;
    return count ? [dyeOf(action, paint)(`${count} to ${summaryWords[action] ?? action}`)] : [];
  });
  const rest = kept > 0 ? paint.dim(`; ${kept} as declared`) : '';
  return `${paint.bold('Plan:')} ${parts.join(', ')}${rest}.`;
}
