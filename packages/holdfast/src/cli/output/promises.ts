import { z } from 'zod';
import { addressOf } from '../../model/resource.ts';
import { byAddress, resourcesOf } from '../../model/system-model.ts';
import { waiversOf } from '../../verify/promise/waivers.ts';
import { spellBecause, spellPart } from '../../verify/promise/words.ts';
import type { Promised } from '../promises.ts';

const status = z.enum(['kept', 'broken', 'unproven', 'stale']);

/** What `promise ls --json` writes. */
export const promisesOutput = z.object({
  system: z.string(),
  environment: z.string(),
  promises: z
    .array(
      z.object({
        promise: z.string().describe('Its address: promise/a-shopper-can-check-out'),
        sentence: z.string(),
        status,
        by: z.string().describe('The team that keeps it'),
        objective: z.string().optional().describe('99.5% over 30d'),
        why: z.array(z.string()).readonly().describe('What decides it, in words'),
        risk: z
          .object({ acceptedBy: z.string(), because: z.string(), until: z.string() })
          .optional()
          .describe('A signature under a promise that is above its bound'),
        waivers: z
          .array(
            z.object({
              check: z.string(),
              sentence: z.string().optional().describe('Absent where it is the whole check'),
              owner: z.string().describe('The team that answers for it'),
              because: z.string(),
              until: z.string().describe('The last day, in UTC, that it counts'),
            }),
          )
          .readonly()
          .describe('What may be otherwise of the checks that it rests on'),
      }),
    )
    .readonly(),
});

export type PromisesOutput = Readonly<z.infer<typeof promisesOutput>>;

export function toPromisesOutput({ model, statuses }: Promised): PromisesOutput {
  const all = byAddress(model);
  const specs = new Map(resourcesOf(model, 'promise').map(one => [addressOf(one), one.spec]));
  return {
    system: model.name,
    environment: model.environment,
    promises: statuses.map(({ promise, sentence, status, reasons }) => {
      const spec = specs.get(promise);
      return {
        promise,
        sentence,
        status,
        by: spec?.by ?? '',
        ...(spec?.objective && { objective: spec.objective.text }),
        why: reasons
          .filter(one => one.status === status)
          .map(({ part, because }) => [spellPart(part, all), spellBecause(because).join('; ')].join(': ')),
        ...(spec?.risk && { risk: spec.risk }),
        waivers: waiversOf(promise, model).map(({ check, waiver }) => ({ check, ...waiver })),
      };
    }),
  };
}
