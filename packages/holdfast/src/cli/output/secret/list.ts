import { z } from 'zod';
import { certificateOutput } from './certificate.ts';

/** What `secret ls --json` writes. No value is in it. */
export const secretListOutput = z.object({
  system: z.string(),
  environment: z.string(),
  file: z.string().describe('Where they lie, encrypted'),
  secrets: z
    .array(
      z.object({
        name: z.string(),
        made: z
          .enum(['generated', 'given', 'undeclared'])
          .describe('By Holdfast, or by a person; undeclared where system.ts does not have it'),
        stored: z.boolean().describe('Whether the file has a value'),
        changed: z.string().optional().describe('ISO 8601, UTC: since when the value is this one'),
        earlier: z
          .number()
          .int()
          .describe('Values before it that a release may still go back to, or backups be read by'),
        backups: z.literal(true).optional().describe('Where backups are encrypted with it: the values before it stay'),
        variable: z.boolean().describe('Whether a variable of the environment stands in for it'),
        certificate: certificateOutput.optional().describe('Of an authority, and of a certificate'),
        users: z.array(z.string()).readonly().describe('service/web'),
      }),
    )
    .readonly(),
});

export type SecretListOutput = Readonly<z.infer<typeof secretListOutput>>;
