import { z } from 'zod';

/** What `secret identity --json` writes. */
export const secretIdentityOutput = z.object({
  publicKeys: z.array(z.string()).readonly().describe('age1…, the first to hand out'),
  from: z.string().describe('The file, or the variable, that holds the private ones'),
  made: z.boolean().describe('Whether it was made just now'),
});

export type SecretIdentityOutput = Readonly<z.infer<typeof secretIdentityOutput>>;
