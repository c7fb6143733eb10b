import { z } from 'zod';

/** What `image prune --json` writes. */
export const imagePruneOutput = z.object({
  store: z.string(),
  dryRun: z.boolean().describe('Whether it was only told, and nothing removed'),
  limit: z.number().int().describe('Bytes that may stay without being needed'),
  removed: z
    .object({
      layers: z.number().int(),
      downloads: z.number().int(),
      indexes: z.number().int(),
      seals: z.number().int(),
    })
    .describe('Files by kind'),
  freed: z.number().int().describe('Bytes'),
  left: z.number().int().describe('Bytes'),
});

export type ImagePruneOutput = Readonly<z.infer<typeof imagePruneOutput>>;
