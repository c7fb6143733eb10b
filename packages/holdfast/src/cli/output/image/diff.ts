import { z } from 'zod';

const texts = z.array(z.string()).readonly();
const named = z.object({ asked: z.string(), digest: z.string() });

/** What `image diff --json` writes. */
export const imageDiffOutput = z.object({
  from: named,
  to: named,
  same: z.boolean(),
  packages: z
    .array(
      z.object({
        kind: z.enum(['debian', 'alpine', 'npm', 'program']),
        name: z.string(),
        from: texts.describe('Versions; none where it was added'),
        to: texts.describe('Versions; none where it was removed'),
      }),
    )
    .readonly(),
  settings: z
    .array(z.object({ setting: z.string(), from: z.string().optional(), to: z.string().optional() }))
    .readonly(),
  files: z
    .array(
      z.object({
        owner: z.string().describe('package nginx, npm package zod, folder /app'),
        count: z.object({
          added: z.number().int(),
          removed: z.number().int(),
          content: z.number().int(),
          attributes: z.number().int(),
        }),
        files: z
          .array(
            z.object({
              path: z.string(),
              change: z.enum(['added', 'removed', 'content', 'attributes']),
              from: texts,
              to: texts,
            }),
          )
          .readonly()
          .describe('The first of them'),
      }),
    )
    .readonly(),
  setId: z.object({ added: texts, removed: texts }).describe('Programs that run as their owner or group'),
  size: z.object({ from: z.number().int(), to: z.number().int() }).describe('Bytes of all files'),
});

export type ImageDiffOutput = Readonly<z.infer<typeof imageDiffOutput>>;
