import { z } from 'zod';

export const differenceOutput = z.object({
  aspect: z.string(),
  found: z.string(),
  wanted: z.string(),
  mend: z.enum(['in-place', 'replace']),
});

export const actions = [
  'create',
  'change',
  'replace',
  'rename',
  'run',
  'route',
  'rotate',
  'remove',
  'schedule',
  'cancel',
  'destroy',
] as const;

export const changeOutput = z.object({
  action: z.enum(actions),
  address: z.string().describe('instance/web.1'),
  of: z.string().describe('The declared resource it belongs to: service/web'),
  why: z.array(differenceOutput).readonly(),
  order: z
    .enum(['start-first', 'stop-first'])
    .optional()
    .describe('Whether the new one is there before the old one goes'),
  about: z.string().optional(),
  isOverdue: z
    .boolean()
    .optional()
    .describe('Of data that is destroyed: it was named before, and its grace period is over'),
  notes: z.array(z.string()).readonly(),
});

export type ChangeOutput = Readonly<z.infer<typeof changeOutput>>;

const seenOutput = z.object({
  kind: z.string(),
  engine: z.string(),
  name: z.string().describe('What it is called on its engine'),
  about: z.string(),
});

const strangerOutput = seenOutput.extend({
  of: z.string().optional().describe('system/environment, where Holdfast keeps it elsewhere'),
  onOurNetworks: z.boolean().describe('Whether it is attached to a network of this environment'),
});

export type StrangerOutput = Readonly<z.infer<typeof strangerOutput>>;

/** Of data that stays. */
export const due = z.string().optional().describe('When it is destroyed, as it was named: ISO 8601, UTC');

export const planOutput = z.object({
  system: z.string(),
  environment: z.string(),
  noop: z.boolean().describe('Whether all is as declared'),
  changes: z.array(changeOutput).readonly(),
  declared: z.record(z.string(), z.number().int()).describe('How many instances each changed service is to have'),
  kept: z.number().int().describe('Objects that are as declared'),
  retained: z
    .array(
      seenOutput.extend({
        called: z.string().describe('The name that --destroy takes'),
        due,
      }),
    )
    .readonly()
    .describe('Data that is no longer declared, and stays'),
  coverage: z
    .object({ ours: z.number().int(), all: z.number().int() })
    .describe(
      'How many of the objects on these engines are in code; those of other systems and environments are not counted',
    ),
  notOurs: z.array(strangerOutput).readonly(),
  notes: z.array(z.string()).readonly(),
});

export type PlanOutput = Readonly<z.infer<typeof planOutput>>;
