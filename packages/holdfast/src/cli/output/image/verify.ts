import { z } from 'zod';

/** What `image verify --json` writes. */
export const imageVerifyOutput = z.object({
  well: z.boolean(),
  files: z.number().int().describe('Files that were read'),
  bytes: z.number().int().describe('Bytes that were read'),
  seals: z.number().int().describe('Seals that hold'),
  damage: z
    .array(
      z.object({
        file: z.string(),
        why: z.string(),
        images: z.array(z.string()).readonly().describe('Images that are made of it'),
        fix: z.string(),
      }),
    )
    .readonly(),
});

export type ImageVerifyOutput = Readonly<z.infer<typeof imageVerifyOutput>>;
