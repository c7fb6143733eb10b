import { type CheckOutcome, isMissed, type Outcome, type Result, type TargetOutcome } from '../outcome.ts';
import { placeOf } from './text/place.ts';
import { printable } from './text/printable.ts';
import { waiverInWords } from './text/words.ts';

/** One test point, with the subtest that it closes. */
interface Point {
  readonly ok: boolean;
  readonly name: string;
  readonly skip?: string;
  readonly inside?: readonly Point[];
  readonly diagnostics: Readonly<Record<string, unknown>>;
}

/** TAP 14: a subtest a target, in it one a check, in that a test point a sentence. Pure. */
export function tap(outcome: Outcome, root: string): readonly string[] {
  const points = outcome.targets.map(target => targetPoint(target, root));
  const { interrupted } = outcome;
  // A plan of none says that nothing comes; a parser would take what follows for a mistake.
  const body = interrupted !== undefined && points.length === 0 ? [] : linesOf(points);
  return ['TAP version 14', ...body, ...(interrupted === undefined ? [] : [`Bail out! ${escaped(interrupted)}`])];
}

const targetPoint = ({ address, title, checks }: TargetOutcome, root: string): Point =>
  closing(
    `${address}: ${title}`,
    checks.map(check => checkPoint(check, root)),
  );

const checkPoint = (check: CheckOutcome, root: string): Point =>
  closing(
    check.name,
    check.results.map(result => resultPoint(result, check, root)),
  );

const nothing = 'nothing was looked at';

const closing = (name: string, inside: readonly Point[]): Point => ({
  ok: inside.every(({ ok }) => ok),
  name,
  ...(inside.length === 0 && { skip: nothing }),
  inside,
  diagnostics: {},
});

function resultPoint(result: Result, { at }: CheckOutcome, root: string): Point {
  const { sentence, milliseconds, tier, readyAfter, digest, proved, doubt } = result;
  const about = { duration_ms: milliseconds, tier, ready_after_ms: readyAfter, digest, proved, doubt };
  const skip = reasonToSkip(result);
  return {
    ok: !isMissed(result),
    name: sentence,
    ...(skip !== undefined && { skip }),
    diagnostics: {
      ...about,
      ...missedDiagnostics(result),
      ...(result.status !== 'passed' && { at: placeOf(at, root) ?? at }),
    },
  };
}

function reasonToSkip(result: Result): string | undefined {
  if (result.status === 'waived') return waiverInWords(result.waiver);
  return result.status === 'skipped' ? result.why : undefined;
}

function missedDiagnostics(result: Result): Readonly<Record<string, unknown>> {
  if (result.status === 'passed' || result.status === 'skipped') return {};
  const { status, expected, found, why, waiver, evidence } = result;
  return { status, expected, found, why, waiver, evidence };
}

const linesOf = (points: readonly Point[]): readonly string[] => [
  points.length === 0 ? `1..0 # ${nothing}` : `1..${points.length}`,
  ...points.flatMap(pointLines),
];

function pointLines({ ok, name, skip, inside, diagnostics }: Point, index: number): readonly string[] {
  const directive = skip === undefined ? '' : ` # SKIP ${escaped(skip)}`;
  return [
    ...(inside ? [`# Subtest: ${escaped(name)}`, ...linesOf(inside).map(line => `    ${line}`)] : []),
    `${ok ? 'ok' : 'not ok'} ${index + 1} - ${escaped(name)}${directive}`,
    ...blockOf(diagnostics),
  ];
}

/** On one line. One that ends in `{` opens a block to some parsers, whatever comes before it: it gets a full stop. */
const escaped = (text: string): string =>
  printable(text)
    .replaceAll(/[\\#]/g, '\\$&')
    .replace(/\{\s*$/, '$&.');

/** YAML takes what JSON is, an entry a line. */
function blockOf(diagnostics: Point['diagnostics']): readonly string[] {
  const entries = Object.entries(diagnostics).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? [] : ['  ---', ...entries.map(([key, value]) => `  ${key}: ${yaml(value)}`), '  ...'];
}

/** JSON leaves these as they are; YAML does not have them, or they end a line. */
const notInYaml = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

const yaml = (value: unknown): string =>
  JSON.stringify(value, (_, part) => (typeof part === 'string' ? part.toWellFormed() : part)).replaceAll(
    notInYaml,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
