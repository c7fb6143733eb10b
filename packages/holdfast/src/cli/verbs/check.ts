import { appendFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type CheckStage, check as checkAll } from '../../flow.ts';
import { exitCode } from '../../kit/problem.ts';
import { isKept, type Outcome } from '../../verify/outcome.ts';
import { documentation } from '../../verify/report/documentation.ts';
import { github } from '../../verify/report/github.ts';
import { json } from '../../verify/report/json.ts';
import { junit } from '../../verify/report/junit.ts';
import { summary } from '../../verify/report/summary.ts';
import { tap } from '../../verify/report/tap.ts';
import type { Call, CommonOptions, Verb } from '../call.ts';
import { runningDigests } from '../checking/digests.ts';
import { whereabouts } from '../checking/places.ts';
import { releasedIn } from '../checking/released.ts';
import { working } from '../ground/looking.ts';
import type { WorkingStage } from '../ground/stage.ts';

export const formats = ['documentation', 'junit', 'tap', 'json', 'github'] as const;
export type Format = (typeof formats)[number];

export interface CheckOptions extends CommonOptions {
  readonly format?: Format;
  readonly out?: string;
  readonly all?: boolean;
}

/** Looks whether what is said of what runs is so, and tells it as a page, or as other tools read it. */
export const check: Verb<CheckOptions, [asked: readonly string[]]> = (call, asked) =>
  working(call, async stage => {
    const outcome = await lookedAt(stage, asked);
    await tell(outcome, call, stage);
    return isKept(outcome) ? exitCode.kept : exitCode.failed;
  });

async function lookedAt(stage: WorkingStage, asked: readonly string[]): Promise<Outcome> {
  const model = await stage.declare();
  await stage.vault.open(model);
  const digests = await runningDigests(stage.journal, model);
  await using where = whereabouts(stage, digests);
  const checking: CheckStage = {
    ...stage,
    placesIn: where.placesIn,
    digests: async () => digests,
    released: of => releasedIn(stage, of),
  };
  return await checkAll(checking, asked);
}

/** To a file, and the page for people beside it; or the one that was asked for. */
async function tell(outcome: Outcome, call: Call<CheckOptions>, { root }: WorkingStage): Promise<void> {
  const { options, out, outside } = call;
  const format = options.format ?? (options.json ? 'json' : 'documentation');
  const page = (): readonly string[] =>
    documentation(outcome, { paint: out.palette, width: out.width, root, brief: !options.all });
  if (format === 'github') await addSummary(outcome, root, outside.env.GITHUB_STEP_SUMMARY);
  const lines = format === 'documentation' ? page() : told[format](outcome, root);
  if (options.out === undefined) return out.print(lines);
  await writeFile(resolve(outside.cwd, options.out), `${lines.join('\n')}\n`);
  if (format !== 'documentation') out.print(page());
}

const told = { junit, tap, json, github } as const;

async function addSummary(outcome: Outcome, root: string, file: string | undefined): Promise<void> {
  if (file) await appendFile(file, `${summary(outcome, root).join('\n')}\n`);
}
