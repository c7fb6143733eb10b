import { z } from 'zod';
import { statuses, tiers } from '../outcome.ts';

const waiver = z.object({
  owner: z.string(),
  because: z.string(),
  until: z.string().describe('YYYY-MM-DD: it holds to the end of that day, in UTC'),
  expired: z.boolean().describe('Whether it was past that: then it waives nothing'),
});

const result = z.object({
  sentence: z.string().describe('/app/server.js has mode 0644'),
  status: z.enum(statuses).describe('unknown: nobody could look. It counts as failed'),
  expected: z.string().optional().describe('Of what is failed, unknown or waived: has mode 0644'),
  found: z.string().optional().describe('Of the same: mode 0600; of what is unknown: why nobody could look'),
  why: z.string().optional().describe('What led to it; of what was skipped: the reason'),
  evidence: z.array(z.string()).readonly().optional().describe('Log lines, sockets that listen'),
  milliseconds: z.number(),
  readyAfter: z.number().optional().describe('Milliseconds until it became so'),
  tier: z.enum(tiers).describe('By what it was looked at'),
  digest: z.string().optional().describe('Of what it was measured on'),
  waiver: waiver.optional(),
  derived: z.boolean().optional().describe('Whether it follows from the declaration itself'),
  proved: z.enum(['red', 'unproven']).optional().describe('Whether it was seen red against a sabotaged copy'),
  doubt: z.string().optional().describe('Why it was not'),
});

const check = z.object({
  name: z.string(),
  at: z.string().describe('file:line:column of the declaration, from the root of the repository on'),
  results: z.array(result).readonly(),
});

const target = z.object({
  address: z.string().describe('service/web'),
  title: z.string(),
  checks: z.array(check).readonly(),
});

const total = z.number().int();

/**
 * What `check --json` writes. Within a format nothing goes, and nothing changes its meaning. Members may come: validate
 * with the schema of the version that wrote it.
 */
export const reportOutput = z.object({
  format: z.literal(1),
  system: z.string(),
  environment: z.string(),
  release: z.string().optional(),
  began: z.string().describe('ISO 8601, UTC'),
  milliseconds: z.number(),
  interrupted: z.string().optional().describe('Why it ended before everything was looked at'),
  kept: z.boolean().describe('Whether all was looked at, and nothing is failed or unknown'),
  totals: z.object({ passed: total, failed: total, unknown: total, waived: total, skipped: total }),
  targets: z.array(target).readonly(),
});

export type ReportOutput = Readonly<z.infer<typeof reportOutput>>;
