import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { Problems } from '../../kit/problem.ts';
import { prometheusRules } from './prometheus.ts';
import { promised } from './testing/promised.ts';

interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const rulesIn = (yaml: string): readonly Rule[] =>
  (parse(yaml) as { groups: readonly { rules: readonly Rule[] }[] }).groups.flatMap(({ rules }) => rules);

const model = promised({ 'a shopper can check out': { objective: '99.9% over 30d' } });
const selector = '{system="shop",environment="production",promise="a-shopper-can-check-out"}';

describe('promises as rules of Prometheus', () => {
  const rules = rulesIn(prometheusRules(model));

  test('record the share of errors over each window that is looked at, and what is left of the budget', () => {
    expect(rules.flatMap(({ record }) => record ?? [])).toEqual([
      'promise:objective:ratio',
      'promise:error_budget:ratio',
      'promise:errors:ratio_rate5m',
      'promise:errors:ratio_rate30m',
      'promise:errors:ratio_rate1h',
      'promise:errors:ratio_rate6h',
      'promise:errors:ratio_rate3d',
      'promise:errors:ratio_rate30d',
      'promise:error_budget_left:ratio',
    ]);
    expect(rules[2]?.expr).toBe(
      `1 - sum(rate(holdfast_promise_good_total${selector}[5m])) / sum(rate(holdfast_promise_measured_total${selector}[5m]))`,
    );
  });

  test('have exact thresholds, over a long and a short window', () => {
    const above = (window: string, threshold: string) => `promise:errors:ratio_rate${window}${selector} > ${threshold}`;
    const both = (long: string, short: string, threshold: string) =>
      `${above(long, threshold)} and ${above(short, threshold)}`;
    expect(rules.filter(({ alert }) => alert).map(({ expr, labels }) => [labels.severity, expr])).toEqual([
      ['page', both('1h', '5m', '0.0144')],
      ['page', both('6h', '30m', '0.006')],
      ['ticket', both('3d', '6h', '0.001')],
    ]);
    expect(rules.slice(0, 2).map(({ expr }) => expr)).toEqual(['vector(0.999)', 'vector(0.001)']);
  });

  test('take other counters where others are told', () => {
    const own = rulesIn(prometheusRules(model, { good: 'probe_good_total', total: 'probe_total' }));
    expect(own[2]?.expr).toBe(`1 - sum(rate(probe_good_total${selector}[5m])) / sum(rate(probe_total${selector}[5m]))`);
  });

  test('refuse what can never fire, and say why', () => {
    const low = promised({ 'it answers': { objective: '90% over 30d' }, 'it pays': { objective: '99.9% over 1h' } });
    expect(() => prometheusRules(low)).toThrow(Problems);
    expect(() => prometheusRules(low)).toThrow(
      expect.objectContaining({
        problems: expect.arrayContaining([
          expect.objectContaining({
            message: expect.stringContaining('"it-answers" has an alert that can never fire'),
          }),
          expect.objectContaining({ message: expect.stringContaining('"it-pays" has an alert that can never fire') }),
        ]),
      }),
    );
  });
});

const run = promisify(execFile);
const installed = await run('promtool', ['--version']).then(
  () => true,
  () => false,
);

describe.skipIf(!installed)('promtool, of Debian’s package prometheus, where it is installed', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-rules-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const braces = promised({
    'a shopper can check out': { objective: '99.9% over 30d' },
    'braces {{ .Labels }} "are" no template': { objective: '99.95% over 7d' },
    'it answers': { objective: '99.123456789% over 90d' },
  });

  test('finds nothing wrong with the rules', async () => {
    const file = join(folder, 'checked.yaml');
    await writeFile(file, prometheusRules(braces));
    const { stdout } = await run('promtool', ['check', 'rules', file]);
    expect(stdout).toContain('SUCCESS: 36 rules found');
  });

  /** Asked every 15 s: from the start all is well, then one in so many is bad. */
  const counters = (good: string) => [
    { series: `holdfast_promise_good_total${selector}`, values: good },
    { series: `holdfast_promise_measured_total${selector}`, values: '0+1x2000' },
  ];
  const alerting = async (name: string, good: string, at: string, expected: readonly string[]) => {
    const [rules, file] = [join(folder, `${name}.rules.yaml`), join(folder, `${name}.yaml`)];
    await writeFile(rules, prometheusRules(model));
    const alerts = rulesIn(prometheusRules(model)).filter(({ labels }) => expected.includes(labels.window ?? ''));
    const exp_alerts = alerts.map(({ labels, annotations }) => ({ exp_labels: labels, exp_annotations: annotations }));
    const asked = [{ eval_time: at, alertname: 'PromiseAtRisk', exp_alerts }];
    const tests = [{ interval: '15s', input_series: counters(good), alert_rule_test: asked }];
    await writeFile(file, stringify({ rule_files: [rules], evaluation_interval: '15s', tests }, { lineWidth: 0 }));
    return run('promtool', ['test', 'rules', file]);
  };

  test.each([
    ['nothing fires while all is well', '0+1x2000', '5h', []],
    ['an outage of some minutes calls at once', '0+1x1200 1200+0x800', '5h4m', ['1h', '6h', '3d']],
    ['what burns slowly writes a ticket and wakes nobody', '0+1x600 600+0x1 601+1x1399', '8h', ['3d']],
  ] as const)('sees that %s', async (name, good, at, expected) => {
    const told = await alerting(name.replaceAll(' ', '-'), good, at, expected).catch(
      (error: { stdout: string }) => error,
    );
    expect(told.stdout).toContain('SUCCESS');
  });
});
