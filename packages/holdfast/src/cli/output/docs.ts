import { z } from 'zod';

/** What `docs --json` writes. */
export const docsOutput = z.object({
  system: z.string(),
  environment: z.string(),
  well: z.boolean().describe('With --check, whether no page is stale'),
  asOf: z
    .object({ seq: z.number().int(), at: z.string() })
    .optional()
    .describe('The newest fact of the journal; absent where there is none'),
  folders: z
    .array(
      z.object({
        folder: z.string(),
        files: z.number().int().describe('How many it ought to have'),
        opens: z.string().optional().describe('The first page, for a browser'),
        written: z.array(z.string()).readonly().optional(),
        removed: z.array(z.string()).readonly().optional(),
        overwritten: z.array(z.string()).readonly().optional().describe('Written in by hand before, and written anew'),
        stale: z
          .array(z.object({ path: z.string(), why: z.array(z.string()).readonly() }))
          .readonly()
          .optional()
          .describe('With --check: what does not say what the model says'),
      }),
    )
    .readonly(),
});

export type DocsOutput = Readonly<z.infer<typeof docsOutput>>;
