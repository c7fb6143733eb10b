import { z } from 'zod';
import { ownerOutput } from './owner.ts';
import { planOutput } from './plan.ts';
import { problemOutput } from './problem.ts';

const at = z.string().describe('ISO 8601, UTC');

/** What `up`, `down` and `rollback` say while they run: one JSON line each, the last one the result. */
export const eventOutput = z.discriminatedUnion('event', [
  z
    .object({ event: z.literal('waiting'), at, owner: ownerOutput, since: z.string().optional() })
    .describe('Somebody else works on the environment'),
  z.object({ event: z.literal('planned'), at, plan: planOutput }),
  z
    .object({
      event: z.literal('fact'),
      at,
      kind: z.string(),
      release: z.string().optional(),
      payload: z.record(z.string(), z.unknown()),
    })
    .describe('Recorded in the journal, which has models and envelopes too'),
  z
    .object({
      event: z.literal('answer'),
      at,
      step: z.string(),
      ok: z.boolean(),
      answer: z.string(),
      milliseconds: z.number(),
    })
    .describe('What a probe was told while it is waited for'),
  z
    .object({
      event: z.literal('output'),
      at,
      address: z.string(),
      line: z.string(),
      layer: z.boolean().optional().describe('Whether the line names a layer that is begun'),
    })
    .describe('What is said while an image is made'),
  z
    .object({ event: z.literal('going-back'), at, to: z.number().int(), why: z.string() })
    .describe('The release goes back as a whole, to the release of that number'),
  z.object({
    event: z.literal('stopping'),
    at,
    by: z.enum(['SIGINT', 'SIGTERM', 'SIGHUP', 'timeout']),
    abandon: z.boolean(),
  }),
  z.object({
    event: z.literal('result'),
    at,
    verb: z.string(),
    outcome: z.enum(['unchanged', 'kept', 'failed', 'rolled-back', 'interrupted']),
    release: z.string().optional(),
    number: z.number().int().optional(),
    done: z.number().int().describe('Steps done'),
    milliseconds: z.number(),
    addresses: z.array(z.string()).readonly().describe('URLs that lead in'),
    problem: problemOutput.optional(),
  }),
]);

export type LiveEvent = Readonly<z.infer<typeof eventOutput>>;
export type LiveEventOf<E extends LiveEvent['event']> = Extract<LiveEvent, { event: E }>;
