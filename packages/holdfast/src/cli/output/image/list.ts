import { z } from 'zod';
import { problemOutput } from '../problem.ts';

/** What `image ls --json` writes. */
export const imageListOutput = z.object({
  system: z.string(),
  environment: z.string(),
  store: z.string().describe('Folder of what was baked'),
  images: z
    .array(
      z.object({
        name: z.string(),
        digest: z.string().optional().describe('Of the OCI manifest; absent where it was not baked'),
        size: z.number().int().optional().describe('Bytes of all layers, uncompressed'),
        layers: z.number().int().optional(),
        baked: z.string().optional().describe('ISO 8601, UTC'),
        seal: z.enum(['sealed', 'none', 'invalid', 'refused']),
        releases: z.array(z.number().int()).readonly().describe('Kept releases that have it, newest first'),
        declared: z.boolean().describe('Whether system.ts declares exactly this now'),
        stored: z.boolean().describe('Whether the store has all of it'),
      }),
    )
    .readonly(),
  doubts: z.array(problemOutput).readonly().describe('Why it is not known what some images are declared to be now'),
});

export type ImageListOutput = Readonly<z.infer<typeof imageListOutput>>;
