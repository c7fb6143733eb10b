import type { SystemModel } from '../../model/system-model.ts';
import type { Exported } from './objectives.ts';

/** The counters that tell how a promise fares, each with the labels `system`, `environment` and `promise`. */
export interface Series {
  /** Counts the measurements that were good. */
  readonly good: string;
  /** Counts all measurements. */
  readonly total: string;
}

export const ourSeries: Series = {
  good: 'holdfast_promise_good_total',
  total: 'holdfast_promise_measured_total',
};

export const labelsOf = ({ name: system, environment }: SystemModel, { promise }: Exported) => ({
  system,
  environment,
  promise: promise.name,
});

/** `{system="shop",environment="production",promise="it-answers"}`. Names are labels: nothing in them needs escaping. */
export const selectorOf = (model: SystemModel, exported: Exported): string =>
  `{${Object.entries(labelsOf(model, exported))
    .map(([label, value]) => `${label}="${value}"`)
    .join(',')}}`;
