import * as z from 'zod/mini';

/**
 * The rules of OpenSLO v1 for the kinds that we write, from its public specification and from what its own Go library
 * refuses: nothing on npm has a schema of them. Strict, so that a member that v1 does not have is told.
 */

const label = z.string().check(z.regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/));
const duration = z.string().check(z.regex(/^[1-9][0-9]*[mhdwMQY]$/));
const description = z.optional(z.string().check(z.maxLength(1_050)));
const some = z.string().check(z.minLength(1));

const object = <K extends string, S extends z.ZodMiniType>(kind: K, spec: S) =>
  z.strictObject({
    apiVersion: z.literal('openslo/v1'),
    kind: z.literal(kind),
    metadata: z.strictObject({ name: label, displayName: z.optional(z.string().check(z.maxLength(63))) }),
    spec,
  });

const metric = z.strictObject({
  metricSource: z.strictObject({
    metricSourceRef: z.optional(label),
    type: z.optional(z.string()),
    spec: z.record(z.string(), z.unknown()).check(z.refine(spec => Object.keys(spec).length > 0)),
  }),
});

const target = z.number().check(z.gte(0), z.lt(1));

export const openSloV1 = z.discriminatedUnion('kind', [
  object('Service', z.strictObject({ description })),
  object(
    'SLI',
    z.strictObject({ description, ratioMetric: z.strictObject({ counter: z.boolean(), good: metric, total: metric }) }),
  ),
  object(
    'SLO',
    z.strictObject({
      description,
      service: some,
      indicatorRef: label,
      timeWindow: z.array(z.strictObject({ duration, isRolling: z.literal(true) })).check(z.length(1)),
      budgetingMethod: z.literal('Occurrences'),
      objectives: z.array(z.strictObject({ displayName: z.optional(z.string()), target })).check(z.minLength(1)),
      alertPolicies: z.optional(z.array(z.strictObject({ alertPolicyRef: label }))),
    }),
  ),
  object(
    'AlertPolicy',
    z.strictObject({
      description,
      alertWhenBreaching: z.boolean(),
      alertWhenNoData: z.boolean(),
      alertWhenResolved: z.boolean(),
      conditions: z.array(z.strictObject({ conditionRef: label })).check(z.length(1)),
      notificationTargets: z.array(z.strictObject({ targetRef: label })).check(z.minLength(1)),
    }),
  ),
  object(
    'AlertCondition',
    z.strictObject({
      description,
      severity: some,
      condition: z.strictObject({
        kind: z.literal('burnrate'),
        op: z.enum(['lte', 'gte', 'lt', 'gt']),
        threshold: z.number(),
        lookbackWindow: duration,
        alertAfter: duration,
      }),
    }),
  ),
  object('AlertNotificationTarget', z.strictObject({ description, target: some })),
]);

export type OpenSloObject = z.infer<typeof openSloV1>;
