import { z } from 'zod';

/** What `secret merge --json` writes. */
export const secretMergeOutput = z.object({
  environment: z.string(),
  file: z.string(),
  taken: z.array(z.string()).readonly().describe('Secrets that have the value of their side'),
});

export type SecretMergeOutput = Readonly<z.infer<typeof secretMergeOutput>>;
