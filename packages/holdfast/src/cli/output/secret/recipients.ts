import { z } from 'zod';

/** What `secret recipients --json` writes. */
export const secretRecipientsOutput = z.object({
  environment: z.string(),
  file: z.string(),
  recipients: z
    .array(
      z.object({
        name: z.string(),
        key: z.string().describe('age1…'),
        you: z.boolean(),
        reads: z.boolean().describe('Whether the file is encrypted to it now'),
        declared: z.boolean().describe('Whether it will be after the next rekey'),
      }),
    )
    .readonly(),
});

export type SecretRecipientsOutput = Readonly<z.infer<typeof secretRecipientsOutput>>;
