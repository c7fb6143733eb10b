import { toDuration } from '../../kit/duration.ts';
import { complement, parsePercentage, spellDecimal } from '../../kit/percentage.ts';
import { nameIn } from '../../model/address.ts';
import { thresholdOf } from '../../model/promise/alert.ts';
import type { AlertSpec } from '../../model/spec/promise-spec.ts';
import type { SystemModel } from '../../model/system-model.ts';
import { toYaml } from './exact-yaml.ts';
import { type Exported, exportedOf } from './objectives.ts';
import { labelsOf, ourSeries, type Series, selectorOf } from './series.ts';

/**
 * A rule file for Prometheus: per promise the share of errors over each window that an alert looks at, what is left of
 * the error budget, and an alert for each pair of windows, which fires while both burn too fast (Site Reliability
 * Workbook, chapter 5). Where nothing is measured there is no share, and no alert: that is another matter than errors.
 *
 * Throws Problems for alerts that can never fire.
 */
export const prometheusRules = (model: SystemModel, series: Series = ourSeries): string =>
  toYaml({ groups: exportedOf(model).map(exported => groupOf(model, exported, series)) });

function groupOf(model: SystemModel, exported: Exported, series: Series) {
  const { promise, objective, alerts } = exported;
  const labels = labelsOf(model, exported);
  const windows = [...new Set([...alerts.flatMap(({ and, over }) => [and, over]), objective.over])];
  return {
    name: `holdfast:${Object.values(labels).join(':')}`,
    rules: [
      ...terms(exported).map(rule => ({ ...rule, labels })),
      ...windows.sort((a, b) => a - b).map(window => ({ ...errors(window, model, exported, series), labels })),
      { ...budgetLeft(model, exported), labels },
      ...alerts.map(alert => alertRule(alert, model, exported, { ...labels, team: nameIn(promise.spec.by) })),
    ],
  };
}

const terms = ({ objective: { target } }: Exported) => [
  { record: 'promise:objective:ratio', expr: `vector(${spellDecimal(parsePercentage(target))})` },
  { record: 'promise:error_budget:ratio', expr: `vector(${budgetOf(target)})` },
];

const budgetOf = (target: string): string => spellDecimal(complement(parsePercentage(target)));

const errorsOver = (window: number): string => `promise:errors:ratio_rate${toDuration(window)}`;

function errors(window: number, model: SystemModel, exported: Exported, { good, total }: Series) {
  const rate = (counter: string): string =>
    `sum(rate(${counter}${selectorOf(model, exported)}[${toDuration(window)}]))`;
  return { record: errorsOver(window), expr: `1 - ${rate(good)} / ${rate(total)}` };
}

const budgetLeft = (model: SystemModel, exported: Exported) => ({
  record: 'promise:error_budget_left:ratio',
  expr: `1 - ${errorsOver(exported.objective.over)}${selectorOf(model, exported)} / ${budgetOf(exported.objective.target)}`,
});

function alertRule(alert: AlertSpec, model: SystemModel, exported: Exported, labels: Readonly<Record<string, string>>) {
  const { burn, over, and, calls } = alert;
  const threshold = spellDecimal(thresholdOf(alert, exported.objective));
  const above = (window: number): string => `${errorsOver(window)}${selectorOf(model, exported)} > ${threshold}`;
  const { sentence } = exported.promise.spec;
  return {
    alert: 'PromiseAtRisk',
    expr: `${above(over)} and ${above(and)}`,
    labels: { ...labels, severity: calls, burn, window: toDuration(over) },
    annotations: {
      summary: plain(`“${sentence}” is at risk: its error budget burns more than ${burn} times as fast as it may`),
      description: `Promised: ${exported.objective.text}. Errors were above ${threshold} over ${toDuration(over)} and over ${toDuration(and)}.`,
    },
  };
}

/** Annotations are templates: braces in a sentence are none. */
const plain = (text: string): string => text.replaceAll('{{', '{{ "{{" }}');
