import { z } from 'zod';

/** What `secret set --json` and `secret rotate --json` write. No value is in it. */
export const secretChangedOutput = z.object({
  environment: z.string(),
  file: z.string().describe('Where they lie, encrypted'),
  changed: z
    .array(
      z.object({
        name: z.string(),
        users: z.array(z.string()).readonly().describe('service/web'),
        backups: z
          .literal(true)
          .optional()
          .describe('Where backups are encrypted with it: those that are there are read by the values before'),
      }),
    )
    .readonly()
    .describe('Those that have another value now'),
});

export type SecretChangedOutput = Readonly<z.infer<typeof secretChangedOutput>>;
