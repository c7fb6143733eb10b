import { toDuration } from '../../kit/duration.ts';
import { sha256 } from '../../kit/hash.ts';
import { parsePercentage } from '../../kit/percentage.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { nameIn } from '../../model/address.ts';
import { subject } from '../../model/declaration/handle.ts';
import type { Known } from '../../model/resource.ts';
import type { AlertSpec } from '../../model/spec/promise-spec.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import { exact, toYaml } from './exact-yaml.ts';
import { type Exported, exportedOf } from './objectives.ts';
import { ourSeries, type Series, selectorOf } from './series.ts';

/**
 * The promises as OpenSLO v1: one Service for the system, and per promise an SLI, an SLO and, for each alert, a policy
 * with its condition. OpenSLO knows one window a condition: it is the long one, and the short one stands in words.
 *
 * Throws Problems for alerts that can never fire, and a Problem for what OpenSLO can't say.
 */
export function openSlo(model: SystemModel, series: Series = ourSeries): string {
  const all = exportedOf(model);
  const keepers = new Set(all.map(({ promise }) => nameIn(promise.spec.by)));
  const teams = resourcesOf(model, 'team').filter(({ name }) => keepers.has(name));
  return [serviceOf(model), ...teams.map(targetOf), ...all.flatMap(one => objectsOf(one, model, series))]
    .map(toYaml)
    .join('---\n');
}

/** Both windows have waited already; OpenSLO's schema wants a time, and knows none shorter. */
const soonest = '1m';

const object = (kind: string, name: string, spec: object) => ({
  apiVersion: 'openslo/v1',
  kind,
  metadata: { name },
  spec,
});

const serviceOf = ({ name, environment }: SystemModel) =>
  object('Service', name, { description: `System ${name} in environment ${environment}` });

const targetOf = ({ name, spec: { people } }: Known<'team'>) =>
  object('AlertNotificationTarget', name, {
    description: cut(`Those on call of ${people.join(', ')}`),
    target: 'email',
  });

const objectsOf = (exported: Exported, model: SystemModel, series: Series): readonly object[] => [
  indicatorOf(exported, model, series),
  objectiveOf(exported, model),
  ...exported.alerts.flatMap((alert, index) => alertObjects(alert, alertName(exported, index), exported)),
];

function indicatorOf(exported: Exported, model: SystemModel, { good, total }: Series) {
  const source = (counter: string) => ({
    metricSource: { type: 'Prometheus', spec: { query: `sum(${counter}${selectorOf(model, exported)})` } },
  });
  const { name, spec } = exported.promise;
  return object('SLI', name, {
    description: cut(spec.sentence),
    ratioMetric: { counter: true, good: source(good), total: source(total) },
  });
}

const objectiveOf = (exported: Exported, model: SystemModel) => {
  const { promise, objective, alerts } = exported;
  return object('SLO', promise.name, {
    description: cut(promise.spec.sentence),
    service: model.name,
    indicatorRef: promise.name,
    timeWindow: [{ duration: durationOf(objective.over, promise), isRolling: true }],
    budgetingMethod: 'Occurrences',
    objectives: [{ displayName: objective.text, target: exact(parsePercentage(objective.target)) }],
    ...(alerts.length > 0 && {
      alertPolicies: alerts.map((_, index) => ({ alertPolicyRef: alertName(exported, index) })),
    }),
  });
};

function alertObjects({ burn, over, and, calls }: AlertSpec, name: string, { promise }: Exported): readonly object[] {
  const [long, short] = [durationOf(over, promise), toDuration(and)];
  return [
    object('AlertCondition', name, {
      description: `The error budget burns more than ${burn} times as fast as it may, over ${long} and over ${short}`,
      severity: calls,
      condition: { kind: 'burnrate', op: 'gt', threshold: exact(burn), lookbackWindow: long, alertAfter: soonest },
    }),
    object('AlertPolicy', name, {
      alertWhenNoData: false,
      alertWhenResolved: false,
      alertWhenBreaching: true,
      conditions: [{ conditionRef: name }],
      notificationTargets: [{ targetRef: nameIn(promise.spec.by) }],
    }),
  ];
}

/** A label of its own: which promise it is of, and which of its alerts it is. Where that is too long, by a hash. */
function alertName({ promise: { name }, alerts }: Exported, index: number): string {
  const suffix = `-${alerts[index]?.calls}-${index + 1}`;
  if (name.length + suffix.length <= longestLabel) return `${name}${suffix}`;
  const hashed = `-${sha256(name).slice(0, 8)}${suffix}`;
  return `${name.slice(0, longestLabel - hashed.length)}${hashed}`;
}

const longestLabel = 63;

/** The specification takes descriptions of at most 1050 characters. */
const cut = (text: string): string => (text.length <= 1_050 ? text : `${text.slice(0, 1_049)}…`);

/** In minutes, hours or days: OpenSLO has no shorter unit. */
function durationOf(ms: number, { name, at }: Known<'promise'>): string {
  if (ms % 60_000 === 0) return toDuration(ms);
  throw new Problem({
    what: `${subject('promise', name)} has a window of ${toDuration(ms)}, which OpenSLO can’t say`,
    ...(at && { where: at }),
    why: 'its durations are whole minutes, hours or days',
    fix: 'give the objective a window of whole days, or declare alerts over whole minutes',
    exit: exitCode.wrongUse,
  });
}
