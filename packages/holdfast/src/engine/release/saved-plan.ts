import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { Scope } from '../../model/identity.ts';
import type { Value } from '../../model/value.ts';
import type { Seal } from '../desire/surroundings.ts';
import type { Plan } from '../plan/plan.ts';
import type { Prepared } from './prepare.ts';

/** A plan on disk, with what it rests on. */
interface SavedPlan {
  readonly format: 'holdfast plan 2';
  readonly plan: Plan;
  readonly basis: string;
}

const envelope = z.object({
  format: z.literal('holdfast plan 2'),
  basis: z.string(),
  plan: z.looseObject({ format: z.literal(1) }),
});

export async function savePlan(path: string, { plan, basis }: Prepared): Promise<void> {
  const saved: SavedPlan = { format: 'holdfast plan 2', basis: basis(), plan };
  await writeFile(path, `${JSON.stringify(saved)}\n`, { mode: 0o600 });
}

export async function readPlan(path: string): Promise<SavedPlan> {
  try {
    return envelope.parse(JSON.parse(await readFile(path, 'utf8'))) as unknown as SavedPlan;
  } catch (cause) {
    throw new Problem({
      what: `${path} is no saved plan`,
      where: path,
      why: cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause),
      fix: 'make one with `holdfast plan --out FILE`',
      exit: exitCode.wrongUse,
      cause,
    });
  }
}

/** The plan with each secret hashed as it is now: some may have been made only since the plan was. */
export const resealed = (plan: Plan, seal: Seal): Plan => ({
  ...plan,
  steps: sealedIn(plan.steps, seal) as Plan['steps'],
});

function sealedIn(data: unknown, seal: Seal): unknown {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(item => sealedIn(item, seal));
  if ('seal' in data && 'value' in data) return seal(data.value as Value);
  return Object.fromEntries(Object.entries(data).map(([key, item]) => [key, sealedIn(item, seal)]));
}

/** Refuses a plan that was made for another system or another environment. */
export function refuseForeign(path: string, { plan }: SavedPlan, asked: Scope): void {
  if (plan.system === asked.system && plan.environment === asked.environment) return;
  throw new Problem({
    what: `this plan is for ${plan.system} in ${plan.environment}, and not for ${asked.system} in ${asked.environment}`,
    where: path,
    why: 'each environment has names, networks and ports of its own',
    fix: `apply it with --env ${plan.environment}, or plan again`,
    exit: exitCode.wrongUse,
  });
}

/** Refuses a plan that the world has overtaken. */
export function refuseOvertaken(path: string, saved: SavedPlan, now: Prepared): void {
  if (saved.basis === now.basis()) return;
  throw new Problem({
    what: 'this plan was overtaken: the world is no longer as it was when the plan was made',
    where: path,
    why: 'something of this environment was changed, by another release or by hand',
    fix: 'plan again, look at it, and apply that one',
    exit: exitCode.failed,
  });
}
