import { z } from 'zod';
import { problemOutput } from '../problem.ts';

const texts = z.array(z.string()).readonly();

/** What `image show --json` writes. */
export const imageShowOutput = z.object({
  name: z.string().optional().describe('What the system calls it, where that is known'),
  digest: z.string(),
  inputs: z.string().describe('SHA-256 over all that went in'),
  size: z.number().int().describe('Bytes of all layers, uncompressed'),
  settings: z.object({
    user: z.string().optional(),
    env: z.record(z.string(), z.string()),
    entrypoint: texts.optional(),
    command: texts.optional(),
    workdir: z.string().optional(),
    labels: z.record(z.string(), z.string()),
    ports: z.array(z.number().int()).readonly(),
    stopSignal: z.string().optional(),
  }),
  layers: z
    .array(z.object({ by: z.string().describe('What made it'), digest: z.string(), size: z.number().int() }))
    .readonly()
    .describe('Lowest first'),
  packages: z.record(z.string(), z.number().int()).describe('How many, by kind: deb, npm, apk, generic'),
  setIdFiles: texts.describe('Programs that run as their owner or group'),
  seal: z
    .object({
      signer: z.string().describe('Whose key, as holdfast.keys has it'),
      key: z.string().describe('SHA-256 of the public key'),
      at: z.string().describe('ISO 8601, UTC'),
      checks: z.array(z.object({ sentence: z.string(), check: z.string().optional(), ok: z.boolean() })).readonly(),
      contacted: texts.describe('Hosts that were contacted to make it'),
      reproducible: z
        .boolean()
        .optional()
        .describe('Whether a second making gave the same bits; absent: none was made'),
      record: z.string().describe('Path of the signed record, a DSSE envelope'),
      sbom: z.string().describe('Path of the bill of materials, CycloneDX'),
    })
    .optional()
    .describe('Absent where it is not sealed'),
  problem: problemOutput.optional().describe('Why its seal does not hold'),
});

export type ImageShowOutput = Readonly<z.infer<typeof imageShowOutput>>;
