import {
  type Outcome,
  type Placed,
  type Result,
  resultsIn,
  type TargetOutcome,
  type Totals,
  totalsOf,
} from '../outcome.ts';
import { placeOf } from './text/place.ts';
import { detailLines, unprovenInWords, waiverInWords } from './text/words.ts';
import { element, textOf, type Xml } from './xml.ts';

/**
 * JUnit XML, as Jenkins and GitLab take it: the schema of Ant's, with what all have added to it since: `skipped`, totals
 * over all suites, and `file` and `line` of a test case. A suite is a target, a case a sentence. Pure.
 */
export function junit(outcome: Outcome, root: string): readonly string[] {
  const { system, environment, milliseconds } = outcome;
  const suites = [...outcome.targets.map(target => suiteOf(target, outcome, root)), ...runOf(outcome)];
  const totals = countsOf(totalsOf(resultsIn(outcome)), outcome.interrupted === undefined ? 0 : 1);
  const about = { name: `${system} ${environment}`, ...totals, time: seconds(milliseconds) };
  const all = element('testsuites', about, suites.map(suite));
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...textOf(all)];
}

interface Suite {
  readonly name: string;
  readonly package: string;
  readonly outcome: Outcome;
  readonly milliseconds: number;
  readonly counts: Counts;
  readonly cases: readonly Xml[];
  readonly out: readonly string[];
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

const countsOf = ({ passed, failed, unknown, waived, skipped }: Totals, errors = 0): Counts => ({
  tests: passed + failed + unknown + waived + skipped + errors,
  failures: failed,
  errors: unknown + errors,
  skipped: waived + skipped,
});

function suiteOf(target: TargetOutcome, outcome: Outcome, root: string): Suite {
  const { address, title, checks } = target;
  const results = checks.flatMap(check => check.results);
  return {
    name: `${address}: ${title}`,
    package: address,
    outcome,
    milliseconds: results.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    counts: countsOf(totalsOf(results)),
    cases: checks.flatMap(check => check.results.map(result => caseOf({ target, check, result }, root))),
    out: results.flatMap(remarkOn),
  };
}

/** What was interrupted may have seen nothing bad, and must not look well for it. */
function runOf(outcome: Outcome): readonly Suite[] {
  if (outcome.interrupted === undefined) return [];
  const name = 'the run came to its end';
  const error = element('error', { message: outcome.interrupted, type: 'interrupted' });
  return [
    {
      name: 'the run',
      package: 'run',
      outcome,
      milliseconds: 0,
      counts: { tests: 1, failures: 0, errors: 1, skipped: 0 },
      cases: [element('testcase', { name, classname: 'run', time: seconds(0) }, [error])],
      out: [],
    },
  ];
}

function suite({ name, package: of, outcome, milliseconds, counts, cases, out }: Suite, id: number): Xml {
  // The schema wants a local time without a zone; ours are UTC.
  const timestamp = outcome.began.slice(0, 'YYYY-MM-DDThh:mm:ss'.length);
  const about = { name, package: of, id, timestamp, hostname: 'localhost', ...counts, time: seconds(milliseconds) };
  return element('testsuite', about, [
    element('properties', {}, propertiesOf(outcome)),
    ...cases,
    element('system-out', {}, [out.join('\n')]),
    element('system-err', {}, ['']),
  ]);
}

const propertiesOf = ({ system, environment, release }: Outcome): readonly Xml[] =>
  Object.entries({ system, environment, ...(release !== undefined && { release }) }).map(([name, value]) =>
    element('property', { name, value }),
  );

function caseOf(placed: Placed, root: string): Xml {
  const { target, check, result } = placed;
  const place = placeOf(check.at, root);
  const classname = `${target.address}.${check.name}`;
  const where = place ? { file: place.file, line: place.line } : {};
  const about = { name: result.sentence, classname, time: seconds(result.milliseconds), ...where };
  return element('testcase', about, verdictOn(placed, root));
}

function verdictOn({ result, ...place }: Placed, root: string): readonly Xml[] {
  if (result.status === 'passed') return [];
  if (result.status === 'skipped') return [element('skipped', { message: result.why })];
  if (result.status === 'waived') return [element('skipped', { message: waiverInWords(result.waiver) })];
  const { status, expected, found } = result;
  // An error is to JUnit what could not be looked at.
  const [tag, type] = status === 'unknown' ? ['error', 'unknown'] : ['failure', 'failed'];
  const lines = detailLines({ ...place, result }, root);
  return [
    element(tag, { message: `expected: ${expected}; ${type === 'unknown' ? type : 'found'}: ${found}`, type }, [
      lines.join('\n'),
    ]),
  ];
}

function remarkOn(result: Result): readonly string[] {
  const { sentence, proved, readyAfter } = result;
  return [
    ...(readyAfter === undefined ? [] : [`${sentence}: ready after ${seconds(readyAfter)} s`]),
    ...(proved === 'unproven' ? [`${sentence}: ${unprovenInWords(result)}`] : []),
  ];
}

const seconds = (milliseconds: number): string => (milliseconds / 1_000).toFixed(3);
