import { z } from 'zod';

/** What `restore --json` writes. */
export const restoreOutput = z.object({
  database: z.string(),
  into: z.string().describe('The new server, under which others reach it on the networks of the database'),
  backup: z.string().describe('The label of the backup that it was made of'),
  target: z.string().optional().describe('The moment that was asked for: ISO 8601, UTC'),
  reached: z.boolean().describe('Whether that moment was reached; where not, all that could be read is there'),
  lastCommit: z.string().optional().describe('The newest commit that is in it: ISO 8601, UTC'),
  brokenAfter: z.string().optional().describe('Segments of the archive behind this one are there and can’t be read'),
  rto: z.number().int().describe('From the wish to the first answer, in milliseconds'),
  rpo: z.number().int().describe('From the newest commit in it to that moment, in milliseconds: what is lost at most'),
  unreadable: z.array(z.object({ backup: z.string(), reason: z.string() })).readonly(),
  notArchived: z.array(z.string()).readonly().describe('Why a server that runs could not archive its newest'),
  next: z
    .object({
      look: z.string().describe('Asks the new server'),
      copy: z.string().optional().describe('Copies TABLE from there into the database that runs, if one leads'),
      remove: z.string().describe('Takes the new server away'),
    })
    .describe('Commands that go on from here'),
  rows: z.record(z.string(), z.number()).optional().describe('Rows by database.schema.table, with --count'),
});

/** What `restore --remove --json` writes. */
export const restoreRemovedOutput = z.object({ removed: z.string(), found: z.boolean() });

export type RestoreOutput = Readonly<z.infer<typeof restoreOutput>>;
export type RestoreRemovedOutput = Readonly<z.infer<typeof restoreRemovedOutput>>;
