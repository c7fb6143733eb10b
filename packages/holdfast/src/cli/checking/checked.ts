import { type Checked, type CheckStage, check as checkAll } from '../../flow.ts';
import { exitCode } from '../../kit/problem.ts';
import { kindOf } from '../../model/address.ts';
import type { Digests } from '../../verify/evidence/footing.ts';
import { isKept, type Outcome } from '../../verify/outcome.ts';
import { withProofs } from '../../verify/prove/with-proofs.ts';
import { documentation } from '../../verify/report/documentation.ts';
import { github } from '../../verify/report/github.ts';
import { json } from '../../verify/report/json.ts';
import { junit } from '../../verify/report/junit.ts';
import { summary } from '../../verify/report/summary.ts';
import { tap } from '../../verify/report/tap.ts';
import type { Call } from '../call.ts';
import type { Work } from '../ground/looking.ts';
import type { WorkingStage } from '../ground/stage.ts';
import { ontoFile, toFile } from '../out-file.ts';
import type { Outside } from '../outside.ts';
import type { CheckOptions } from '../verbs/check.ts';
import { runningDigests } from './digests.ts';
import { type Whereabouts, whereabouts } from './places.ts';
import type { Provable } from './proving.ts';
import { releasedIn } from './released.ts';

/** Does the checks that were asked for, and tells what came of them; gives the exit code. */
export const checked =
  (call: Call<CheckOptions>, asked: readonly string[]): Work<number> =>
  async stage => {
    const { outcome, left } = await lookedAt(stage, asked, call);
    await tell(outcome, call, stage);
    await left;
    return isKept(outcome) ? exitCode.kept : exitCode.failed;
  };

interface LookedAt {
  readonly outcome: Outcome;
  /** That the sessions that were opened have ended, which takes as long as to tell the outcome. */
  readonly left: Promise<void>;
}

async function lookedAt(stage: WorkingStage, asked: readonly string[], call: Call<CheckOptions>): Promise<LookedAt> {
  const model = await stage.declare();
  await stage.vault.open(model);
  const digests = await runningDigests(stage.journal, model);
  const where = whereabouts(stage, digests);
  try {
    const outcome = await outcomeAt(where, digests, { stage, asked, call });
    return { outcome, left: leave(where) };
  } catch (error) {
    await leave(where);
    throw error;
  }
}

/** Whoever waits for it hears of a failure; until then nobody has to. */
function leave(where: Whereabouts): Promise<void> {
  const left = Promise.resolve(where[Symbol.asyncDispose]());
  left.catch(() => {});
  return left;
}

interface Asking {
  readonly stage: WorkingStage;
  readonly asked: readonly string[];
  readonly call: Call<CheckOptions>;
}

async function outcomeAt(where: Whereabouts, digests: Digests, { stage, asked, call }: Asking): Promise<Outcome> {
  const checking: CheckStage = {
    ...stage,
    placesIn: where.placesIn,
    digests: async () => digests,
    released: of => releasedIn(stage, of),
  };
  const done = await checkAll(checking, asked);
  return call.options.prove ? await proved(done, stage, line => call.err.print([line])) : done.outcome;
}

/** Shows each sentence of a service red on a copy of one instance, so that a green one means something. */
async function proved(
  { outcome, checks, placesOf }: Checked,
  stage: WorkingStage,
  say: (line: string) => void,
): Promise<Outcome> {
  const { proveAll } = await import('./proving.ts');
  const provable: Provable[] = [];
  for (const [target, said] of Map.groupBy(checks, ({ spec }) => spec.target)) {
    if (kindOf(target) !== 'service') continue;
    const found = await placesOf(target);
    const place = 'places' in found ? found.places[0] : undefined;
    if (place) provable.push({ target, place, checks: said });
  }
  return withProofs(outcome, await proveAll(provable, stage, say));
}

/** To a file, and the page for people beside it; or the one that was asked for. */
async function tell(outcome: Outcome, call: Call<CheckOptions>, { root }: WorkingStage): Promise<void> {
  const { options, out, outside } = call;
  const format = options.format ?? (options.json ? 'json' : 'documentation');
  const page = (): readonly string[] =>
    documentation(outcome, { paint: out.palette, width: out.width, root, brief: !options.all });
  if (format === 'github') await addSummary(outcome, root, outside);
  const lines = format === 'documentation' ? page() : told[format](outcome, root);
  if (options.out === undefined) return out.print(lines);
  await toFile(options.out, `${lines.join('\n')}\n`, outside);
  if (format !== 'documentation') out.print(page());
}

const told = { junit, tap, json, github } as const;

async function addSummary(outcome: Outcome, root: string, outside: Outside): Promise<void> {
  const file = outside.env.GITHUB_STEP_SUMMARY;
  if (file) await ontoFile(file, `${summary(outcome, root).join('\n')}\n`, outside);
}
