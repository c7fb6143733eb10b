import { z } from 'zod';

export const problemOutput = z.object({
  what: z.string().describe('One line: what is wrong, naming the subject'),
  where: z.string().optional().describe('file:line:column, or the thing it happened at'),
  why: z.string().optional(),
  fix: z.string().optional().describe('What to do next'),
  evidence: z.array(z.string()).readonly().optional().describe('Log lines, an answer'),
  exit: z.number().int().optional(),
  retry: z.boolean().optional().describe('Whether the same command may go through later, unchanged'),
});

export type ProblemOutput = Readonly<z.infer<typeof problemOutput>>;

/** What `--json` writes to standard error when a verb fails. */
export const errorOutput = z.object({
  problems: z.array(problemOutput).readonly(),
  exit: z.number().int().describe('1 a promise or gate failed, 2 wrong use, 3 cannot reach what is needed'),
});

export type ErrorOutput = Readonly<z.infer<typeof errorOutput>>;
