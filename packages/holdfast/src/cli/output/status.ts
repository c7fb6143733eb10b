import { z } from 'zod';
import { ownerOutput } from './owner.ts';
import { due } from './plan.ts';

const answerOutput = z.object({
  ok: z.boolean(),
  answer: z.string().describe("The probe's answer in words"),
  milliseconds: z.number(),
});

const instanceOutput = z.object({
  name: z.string().describe('web.1'),
  container: z.string().describe('What it is called on its engine'),
  engine: z.string(),
  image: z.string(),
  running: z.boolean(),
  state: z.string().describe('In words'),
  since: z.string().optional().describe('When it started: ISO 8601'),
  health: answerOutput.optional(),
});

export type InstanceOutput = Readonly<z.infer<typeof instanceOutput>>;

const serviceOutput = z.object({
  name: z.string(),
  well: z.boolean(),
  replicas: z.number().int().describe('How many there ought to be'),
  instances: z.array(instanceOutput).readonly(),
});

export type ServiceOutput = Readonly<z.infer<typeof serviceOutput>>;

const releaseOutput = z.object({
  id: z.string(),
  number: z.number().int(),
  at: z.string(),
  actor: z.string(),
  outcome: z.enum(['kept', 'failed', 'rolled-back', 'interrupted']).optional().describe('Absent while it is under way'),
  reason: z.string().optional(),
  milliseconds: z.number().optional(),
});

const doneOutput = z.object({
  at: z.string().describe('ISO 8601'),
  kind: z.string().describe('guardian.acted, job.ended, job.skipped, backup.taken or backup.failed'),
  what: z.string().describe('In words'),
  ok: z.boolean(),
});

export type DoneOutput = Readonly<z.infer<typeof doneOutput>>;

const backupOutput = z.object({
  database: z.string(),
  label: z.string(),
  type: z.enum(['full', 'diff']),
  at: z.string().describe('ISO 8601'),
  state: z.enum(['proven', 'unproven', 'unreadable']).describe('A backup that was never restored is unproven'),
  proven: z.object({ label: z.string(), at: z.string() }).optional().describe('The newest one that was restored'),
});

export type BackupOutput = Readonly<z.infer<typeof backupOutput>>;

export const statusOutput = z.object({
  system: z.string(),
  environment: z.string(),
  well: z.boolean().describe('Whether every service has all its instances, and they answer'),
  services: z.array(serviceOutput).readonly(),
  addresses: z.array(z.string()).readonly().describe('URLs that lead in'),
  volumes: z.array(z.object({ name: z.string(), volume: z.string(), engine: z.string(), due })).readonly(),
  databases: z
    .array(
      z.object({
        name: z.string(),
        database: z.string().describe('What it is called inside of its server'),
        engine: z.string(),
        about: z.string().describe('In words, with its size'),
        due,
      }),
    )
    .readonly()
    .describe('Those of servers that answer'),
  release: releaseOutput.optional().describe('The last one'),
  lease: z.object({ owner: ownerOutput, expires: z.string() }).optional().describe('Who works on it at this moment'),
  done: z
    .array(doneOutput)
    .readonly()
    .describe('The last that the agent did, of each job, database and kind of backup'),
  backups: z.array(backupOutput).readonly().describe('The newest backup of each database'),
  differences: z.number().int().describe('How many objects are not as declared; `holdfast plan` names them'),
});

export type StatusOutput = Readonly<z.infer<typeof statusOutput>>;
