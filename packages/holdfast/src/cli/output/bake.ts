import { z } from 'zod';
import { problemOutput } from './problem.ts';

/** What `bake --json` writes. */
export const bakeOutput = z.object({
  well: z.boolean().describe('Whether every image that was to be sealed is, and all was brought where --to says'),
  images: z
    .array(
      z.object({
        name: z.string(),
        inputs: z.string().describe('SHA-256 over all that goes in'),
        digest: z.string().describe('Of the OCI manifest'),
        size: z.number().int().describe('Bytes of all layers, uncompressed'),
        layers: z.number().int(),
        kept: z.boolean().describe('Whether the store had it already'),
        milliseconds: z.number(),
        contacted: z.array(z.string()).readonly().describe('Hosts that were contacted to make its layers'),
        seal: z.enum(['sealed', 'sealed before', 'refused']).optional(),
        checks: z.number().int().optional(),
        reproducible: z.boolean().optional(),
        failed: z.array(z.string()).readonly().optional().describe('What it did not pass'),
      }),
    )
    .readonly(),
  failed: z
    .array(z.object({ name: z.string(), problem: problemOutput }))
    .readonly()
    .describe('Images that could not be baked'),
  brought: z
    .array(
      z.object({
        image: z.string(),
        as: z.string().optional().describe('What names it there; absent where it could not be brought'),
        problem: problemOutput.optional(),
      }),
    )
    .readonly()
    .describe('What --to brought elsewhere'),
  lock: z
    .array(
      z.object({ name: z.string(), before: z.array(z.string()).readonly(), after: z.array(z.string()).readonly() }),
    )
    .readonly()
    .describe('Packages whose versions in holdfast.lock changed'),
});

export type BakeOutput = Readonly<z.infer<typeof bakeOutput>>;
export type BakedOutput = BakeOutput['images'][number];
