import type * as z from 'zod/mini';
import { type Callee, callSite } from './call-site.ts';
import { problemsOf } from './rule.ts';
import { report } from './wrong.ts';

/** Whether what a function was given is right. What is not is reported at the line that called it. */
export function holds(schema: z.ZodMiniType, given: unknown, subject: string, callee: Callee): boolean {
  const problems = problemsOf(schema, given, subject);
  for (const problem of problems) report({ where: callSite(callee), ...problem });
  return problems.length === 0;
}
