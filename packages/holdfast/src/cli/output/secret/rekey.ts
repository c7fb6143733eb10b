import { z } from 'zod';

/** What `secret rekey --json` writes. */
export const secretRekeyOutput = z.object({
  environment: z.string(),
  file: z.string(),
  added: z.array(z.string()).readonly(),
  removed: z.array(z.string()).readonly(),
  known: z
    .array(z.object({ name: z.string(), generated: z.boolean().describe('Whether `secret rotate` can make another') }))
    .readonly()
    .describe('Secrets whose present value those who went still know'),
});

export type SecretRekeyOutput = Readonly<z.infer<typeof secretRekeyOutput>>;
