import { type ScalarTag, stringify } from 'yaml';
import { type Share, spellDecimal } from '../../kit/percentage.ts';

const mark = Symbol('exact');

/** A number as YAML is to have it, digit by digit. */
export interface Exact {
  readonly [mark]: string;
}

export const exact = (decimal: Share | string): Exact => ({
  [mark]: typeof decimal === 'string' ? decimal : spellDecimal(decimal),
});

const isExact = (value: unknown): value is Exact => typeof value === 'object' && value !== null && mark in value;

/** Written plain, with no float on the way: YAML's reader takes it for the number that it spells. */
const exactTag: ScalarTag = {
  identify: isExact,
  default: true,
  tag: 'tag:yaml.org,2002:float',
  resolve: text => text,
  stringify: ({ value }) => (value as Exact)[mark],
};

/** As YAML 1.2, with what 1.1 would read otherwise (`on`, `yes`, `1_0`) in quotes. */
export const toYaml = (value: unknown): string =>
  stringify(value, { customTags: tags => [exactTag, ...tags], compat: 'yaml-1.1', lineWidth: 0 });
