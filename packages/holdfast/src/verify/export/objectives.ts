import { exitCode, Problem, Problems } from '../../kit/problem.ts';
import { subject } from '../../model/declaration/handle.ts';
import { neverFires, spellAlert, standardAlerts } from '../../model/promise/alert.ts';
import type { Known } from '../../model/resource.ts';
import type { AlertSpec, MeasureSpec, ObjectiveSpec } from '../../model/spec/promise-spec.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';

/** A promise with an objective, and the alerts that watch it. */
export interface Exported {
  readonly promise: Known<'promise'>;
  readonly measured: MeasureSpec;
  readonly objective: ObjectiveSpec;
  readonly alerts: readonly AlertSpec[];
}

/** What other tools can be told of. Throws {@link Problems} for alerts that can never fire. */
export function exportedOf(model: SystemModel): readonly Exported[] {
  const all = resourcesOf(model, 'promise').flatMap(withObjective);
  const problems = all.flatMap(silentAlerts);
  if (problems.length > 0) throw new Problems(problems, 'some alerts could never fire');
  return all;
}

function withObjective(promise: Known<'promise'>): readonly Exported[] {
  const { measured, objective, alerts } = promise.spec;
  if (!measured || !objective) return [];
  return [{ promise, measured, objective, alerts: alerts ?? standardAlerts(objective.over) }];
}

const silentAlerts = ({ promise, measured, objective, alerts }: Exported): readonly Problem[] =>
  alerts.flatMap(alert => {
    const never = neverFires(alert, objective, measured.every);
    return never ? [silent(promise, alert, never)] : [];
  });

/** The usual alerts were not written by anybody: whoever reads this learns where he can write others. */
function silent(
  promise: Known<'promise'>,
  alert: AlertSpec,
  never: NonNullable<ReturnType<typeof neverFires>>,
): Problem {
  const own = ": declare alerts: [{ burn: '6', over: '6h', and: '30m', calls: 'page' }], with figures that fit";
  return new Problem({
    what: `${subject('promise', promise.name)} has an alert that can never fire: ${spellAlert(alert)}`,
    ...(promise.at && { where: promise.at }),
    ...never,
    fix: `${never.fix}${promise.spec.alerts ? '' : own}`,
    exit: exitCode.wrongUse,
  });
}
