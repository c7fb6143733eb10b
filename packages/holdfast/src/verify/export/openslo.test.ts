import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { Problem, Problems } from '../../kit/problem.ts';
import type { Objective } from '../../model/promise/objective.ts';
import { openSlo } from './openslo.ts';
import { type OpenSloObject, openSloV1 } from './testing/openslo-v1.ts';
import { promised } from './testing/promised.ts';

/** As a reader of YAML 1.1 has it, which those of OpenSLO's own tools are. */
const objectsIn = (yaml: string): readonly OpenSloObject[] =>
  parseAllDocuments(yaml, { version: '1.1' }).map(document => openSloV1.parse(document.toJS()));

const of = <K extends OpenSloObject['kind']>(objects: readonly OpenSloObject[], kind: K) =>
  objects.filter((one): one is Extract<OpenSloObject, { kind: K }> => one.kind === kind);

function thrown(make: () => unknown): unknown {
  try {
    make();
  } catch (error) {
    return error;
  }
  return expect.fail('it throws');
}

describe('promises as OpenSLO v1', () => {
  const yaml = openSlo(promised({ 'a shopper can check out': { objective: '99.9% over 30d' } }));
  const objects = objectsIn(yaml);

  test('are a service, who is called, an indicator, an objective, and for each alert a policy and its condition', () => {
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Service shop',
      'AlertNotificationTarget crew',
      'SLI a-shopper-can-check-out',
      'SLO a-shopper-can-check-out',
      'AlertCondition a-shopper-can-check-out-page-1',
      'AlertPolicy a-shopper-can-check-out-page-1',
      'AlertCondition a-shopper-can-check-out-page-2',
      'AlertPolicy a-shopper-can-check-out-page-2',
      'AlertCondition a-shopper-can-check-out-ticket-3',
      'AlertPolicy a-shopper-can-check-out-ticket-3',
    ]);
  });

  test('refer to nothing that is not there', () => {
    const names = (kind: OpenSloObject['kind']) => of(objects, kind).map(({ metadata }) => metadata.name);
    for (const { spec } of of(objects, 'SLO')) {
      expect(names('Service')).toContain(spec.service);
      expect(names('SLI')).toContain(spec.indicatorRef);
      expect(names('AlertPolicy')).toEqual(spec.alertPolicies?.map(({ alertPolicyRef }) => alertPolicyRef));
    }
    for (const { spec } of of(objects, 'AlertPolicy')) {
      expect(names('AlertCondition')).toContain(spec.conditions[0]?.conditionRef);
      expect(names('AlertNotificationTarget')).toContain(spec.notificationTargets[0]?.targetRef);
    }
  });

  test('keep their decimals: 0.999 stays 0.999', () => {
    expect(yaml).toMatch(/^ +target: 0\.999$/m);
    expect(of(objects, 'SLO')[0]?.spec).toMatchObject({
      timeWindow: [{ duration: '30d', isRolling: true }],
      objectives: [{ displayName: '99.9% over 30d', target: 0.999 }],
    });
    expect(
      of(objects, 'AlertCondition').map(({ spec: { severity, condition } }) => ({ severity, ...condition })),
    ).toEqual([
      { severity: 'page', kind: 'burnrate', op: 'gt', threshold: 14.4, lookbackWindow: '1h', alertAfter: '1m' },
      { severity: 'page', kind: 'burnrate', op: 'gt', threshold: 6, lookbackWindow: '6h', alertAfter: '1m' },
      { severity: 'ticket', kind: 'burnrate', op: 'gt', threshold: 1, lookbackWindow: '3d', alertAfter: '1m' },
    ]);
  });

  test('keep every digit of any objective', () => {
    const digits = fc.tuple(fc.integer({ min: 94, max: 99 }), fc.stringMatching(/^[0-9]{0,25}[1-9]$/));
    fc.assert(
      fc.property(digits, ([whole, fraction]) => {
        const objective = `${whole}.${fraction}% over 30d` as Objective;
        expect(openSlo(promised({ 'it answers': { objective } }))).toContain(`target: 0.${whole}${fraction}\n`);
      }),
    );
  });

  test('are named by labels that differ, however long and alike their sentences are', () => {
    const long = 'a shopper who has come a long way to us can always check out';
    const both = promised({ [`${long} a`]: { objective: '99% over 7d' }, [`${long} b`]: { objective: '99% over 7d' } });
    const names = of(objectsIn(openSlo(both)), 'AlertCondition').map(({ metadata }) => metadata.name);
    expect(names).toHaveLength(6);
    expect(new Set(names).size).toBe(6);
  });

  test('stay texts where a reader of YAML 1.1 would see something else', () => {
    const model = promised({ 'it answers': { name: 'on', objective: '99% over 7d' } });
    expect(objectsIn(openSlo(model)).filter(({ metadata }) => metadata.name === 'on')).toHaveLength(2);
  });

  test('leave out those without an objective', () => {
    const model = promised({ 'it comes back': { recovers: { within: '10m' } } });
    expect(objectsIn(openSlo(model)).map(({ kind }) => kind)).toEqual(['Service']);
  });
});

describe('what can’t be exported', () => {
  test('is an alert that can never fire: each is told, with why', () => {
    const error = thrown(() => openSlo(promised({ 'it answers': { objective: '90% over 30d' } })));
    expect(error).toBeInstanceOf(Problems);
    expect((error as Problems).problems.map(({ parts }) => parts)).toMatchObject([
      {
        what: 'promise "it-answers" has an alert that can never fire: burn 14.4 over 1h and 5m',
        why: expect.stringContaining('an error rate of 1.44'),
        fix: expect.stringContaining('declare alerts'),
        where: expect.stringContaining('promised.ts'),
        exit: 2,
      },
    ]);
  });

  test('is not one whose alerts were declared to fit', () => {
    const alerts = [{ burn: '6', over: '6h', and: '30m', calls: 'page' }] as const;
    expect(() => openSlo(promised({ 'it answers': { objective: '90% over 30d', alerts } }))).not.toThrow();
  });

  test('is a window that OpenSLO has no unit for', () => {
    const alerts = [{ burn: '6', over: '90s', and: '40s', calls: 'page' }] as const;
    const error = thrown(() => openSlo(promised({ 'it answers': { objective: '99% over 30d', alerts } })));
    expect(error).toBeInstanceOf(Problem);
    expect((error as Problem).parts).toMatchObject({ what: expect.stringContaining('90s'), exit: 2 });
  });
});

test.each([
  ['a duration in seconds', { lookbackWindow: '70s' }],
  ['a condition of another kind', { kind: 'errors' }],
  ['a member that v1 has not', { shortWindow: '5m' }],
])('the rules of OpenSLO refuse %s', (_, wrong) => {
  const condition = { kind: 'burnrate', op: 'gt', threshold: 6, lookbackWindow: '6h', alertAfter: '1m' };
  const object = (condition: object) => ({
    apiVersion: 'openslo/v1',
    kind: 'AlertCondition',
    metadata: { name: 'fast' },
    spec: { severity: 'page', condition },
  });
  expect(openSloV1.safeParse(object(condition)).success).toBe(true);
  expect(openSloV1.safeParse(object({ ...condition, ...wrong })).success).toBe(false);
});
