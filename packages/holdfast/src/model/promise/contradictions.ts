import type { ProblemParts } from '../../kit/problem.ts';
import { spell } from '../declaration/spell.ts';
import type { PromiseSpec } from '../spec/promise-spec.ts';
import { neverFires, spellAlert } from './alert.ts';
import type { Fault } from './fault.ts';
import { type Objective, wrongObjective } from './objective.ts';
import { type RiskOptions, unsigned } from './risk.ts';

/** What was given and may be left out of the specification for being wrong. */
interface Claims extends RiskOptions {
  readonly objective?: Objective;
  readonly survives?: readonly Fault[];
}

/** What is wrong between options that are each right. */
export function* contradictions(spec: PromiseSpec, options: Claims, name: string): Generator<ProblemParts> {
  const lacks = unsigned(options, name);
  if (lacks) yield lacks;
  const impossible = options.objective && wrongObjective(options.objective, spec.measured?.every);
  if (impossible)
    yield { what: `${name} → objective is ${spell(options.objective)}, which can’t be kept`, ...impossible };
  if (spec.measured && options.objective === undefined) yield noObjective(name);
  if (!spec.measured && options.objective !== undefined) yield notMeasured(name);
  if (isHope(spec, options)) yield saysNothing(name);
  yield* twice(spec, name);
  yield* silent(spec, name);
}

/** A fault that was refused is one that was meant. */
const isHope = ({ measured, objective, checks, recovers }: PromiseSpec, { survives = [] }: Claims): boolean =>
  !measured && !objective && !recovers && checks.length + survives.length === 0;

function* twice({ given, checks, survives }: PromiseSpec, name: string): Generator<ProblemParts> {
  const lists: Readonly<Record<string, readonly string[]>> = {
    given,
    checks,
    survives: survives.map(({ type, of }) => `${type} of ${of}`),
  };
  for (const [list, all] of Object.entries(lists))
    for (const one of new Set(all.filter((each, index) => all.indexOf(each) !== index)))
      yield {
        what: `${name} → ${list} names ${one.replace(/(\S+)\/(\S+)$/, '$1 "$2"')} twice`,
        why: 'what is named twice is counted and shown once, so one of them says something that nobody sees',
        fix: 'keep the one that you mean',
      };
}

function* silent({ alerts, objective, measured }: PromiseSpec, name: string): Generator<ProblemParts> {
  if (alerts && !objective) yield alertsWithoutObjective(name);
  if (!alerts || !objective || !measured) return;
  for (const alert of alerts) {
    const never = neverFires(alert, objective, measured.every);
    if (never) yield { what: `${name} has an alert that can never fire: ${spellAlert(alert)}`, ...never };
  }
}

const noObjective = (name: string): ProblemParts => ({
  what: `${name} is measured and has no objective`,
  why: 'some answers are always bad, and nobody said how many may be',
  fix: "say it: objective: '99.5% over 30d'; where a check must simply pass, name it in checks: […]",
});

const notMeasured = (name: string): ProblemParts => ({
  what: `${name} has an objective and is not measured`,
  why: 'nobody could tell whether it is kept',
  fix: "say how: measured: probe.https(door.url('/')).answers(200).within('800ms')",
});

const saysNothing = (name: string): ProblemParts => ({
  what: `${name} has nothing that could show whether it is kept`,
  why: 'a promise without evidence is a hope, and would never be anything but unproven',
  fix: 'say how it is measured and its objective, or what it survives or recovers from, or name its checks',
});

const alertsWithoutObjective = (name: string): ProblemParts => ({
  what: `${name} has alerts and no objective`,
  why: 'an alert watches how fast the error budget burns, and the budget is what the objective leaves',
  fix: "give it an objective, as in '99.5% over 30d'",
});
