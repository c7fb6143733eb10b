import { z } from 'zod';

/** One line of `journal --json`. */
export const factOutput = z.object({
  format: z.literal(1),
  seq: z.number().int(),
  id: z.string(),
  at: z.string(),
  uncertainty: z.number().optional(),
  actor: z.string(),
  system: z.string(),
  environment: z.string(),
  release: z.string().optional(),
  kind: z.string().describe('Kinds are added in time: pass over those that you do not know'),
  payload: z.unknown(),
  redacted: z.string().optional(),
});

/** `journal verify --json`. */
export const verificationOutput = z.discriminatedUnion('whole', [
  z.object({
    whole: z.literal(true),
    facts: z.number().int(),
    head: z.string(),
    signedBy: z.array(z.string()).readonly(),
  }),
  z.object({ whole: z.literal(false), facts: z.number().int(), at: z.number().int(), reason: z.string() }),
]);

/** One line of `logs --json`. */
export const logOutput = z.object({
  instance: z.string(),
  stream: z.enum(['stdout', 'stderr']),
  at: z.string(),
  text: z.string(),
});
