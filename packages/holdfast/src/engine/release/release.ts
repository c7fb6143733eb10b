import type { FactDraft, Recorder, ReleaseOutcome } from '../../journal/fact.ts';
import type { ReleaseView } from '../../journal/view.ts';
import { asProblem, Problem } from '../../kit/problem.ts';
import { sameModel } from '../../model/system-model.ts';
import { type Applied, apply } from '../apply/apply.ts';
import { isNoop } from '../plan/plan.ts';
import { type Ground, type Prepared, prepare } from './prepare.ts';
import type { SecretHashes } from './vault.ts';

export interface ReleaseGround extends Ground {
  readonly record: Recorder;
  readonly fence: () => Promise<boolean>;
  /** Aborted when even going back is to be left. `signal` alone asks to stop and go back. */
  readonly abandon: AbortSignal;
  /** Told before a release goes back. */
  readonly onGoingBack?: (to: ReleaseView, why: Applied) => void;
}

export interface Released {
  readonly release?: string;
  readonly verb?: string;
  readonly outcome: ReleaseOutcome | 'unchanged';
  readonly applied: Applied;
  /** What going back came to, when it was tried. */
  readonly back?: Released;
  /** Why it could not even be planned. */
  readonly refused?: Problem;
}

const nothingDone: Applied = { done: 0, failures: [], skipped: 0, interrupted: false };

/** Brings a plan into the world as one release: it is kept as a whole, or goes back as a whole. */
export async function release(
  verb: string,
  prepared: Prepared,
  ground: ReleaseGround,
  goingBackFrom?: string,
): Promise<Released> {
  if (isNoop(prepared.plan) && isRecorded(prepared)) return unchanged(prepared, ground);
  const book = await begin(verb, prepared, ground, goingBackFrom);
  const applied = await apply(prepared.plan, prepared.world, { ...ground, release: book.id });
  if (isWhole(applied)) return kept(await book.end('kept', { applied }), prepared, ground);
  const reason = reasonOf(applied);
  if (goingBackFrom) return book.end('failed', { applied }, reason);
  const back = isReversible(verb) ? await goBack(book.id, prepared, applied, ground).catch(impossible) : undefined;
  return book.end(
    back?.outcome === 'kept' || back?.outcome === 'unchanged'
      ? 'rolled-back'
      : wasStopped(applied)
        ? 'interrupted'
        : 'failed',
    { applied, ...(back && { back }) },
    [reason, back?.refused && `going back: ${back.refused.message}`].filter(Boolean).join('; '),
  );
}

const impossible = (error: unknown): Released => ({
  outcome: 'failed',
  applied: nothingDone,
  refused: asProblem(error),
});

async function kept(released: Released, { plan }: Prepared, { vault }: ReleaseGround): Promise<Released> {
  await vault.settle(plan.model);
  return released;
}

/** The one who made it so may have been killed before it was settled. */
const unchanged = (prepared: Prepared, ground: ReleaseGround): Promise<Released> =>
  kept({ outcome: 'unchanged', applied: nothingDone }, prepared, ground);

/** Who takes all away wants nothing back, and data that is gone could not come: what is left goes with the next try. */
const isReversible = (verb: string): boolean => verb !== 'down';

const isWhole = ({ failures, skipped, overtaken }: Applied): boolean =>
  failures.length === 0 && skipped === 0 && overtaken === undefined;

const wasStopped = ({ interrupted, overtaken }: Applied): boolean => interrupted || overtaken !== undefined;

const isRecorded = ({ last, plan }: Prepared): boolean => last !== undefined && sameModel(last.model, plan.model);

const reasonOf = ({ failures, interrupted, overtaken }: Applied): string =>
  overtaken?.message ||
  failures.map(({ step, problem }) => `${step.id}: ${problem.message}`).join('; ') ||
  (interrupted ? 'interrupted' : 'not finished');

/** Along the same path, toward the release before. Not when the lease was lost: then another one is at it. */
async function goBack(
  from: string,
  { last, plan }: Prepared,
  applied: Applied,
  ground: ReleaseGround,
): Promise<Released | undefined> {
  if (!last || ground.abandon.aborted || applied.overtaken) return undefined;
  ground.onGoingBack?.(last, applied);
  ground.vault.returnTo(last.secrets);
  const insistent = { ...ground, signal: ground.abandon };
  const calledOff = new Set(plan.scheduled.map(({ uid }) => uid));
  return release('rollback', await prepare(last.model, insistent, { calledOff }), insistent, from);
}

interface Book {
  readonly id: string;
  end(outcome: ReleaseOutcome, parts: Pick<Released, 'applied' | 'back'>, reason?: string): Promise<Released>;
}

async function begin(verb: string, { plan }: Prepared, ground: ReleaseGround, goingBackFrom?: string): Promise<Book> {
  const id = ground.newId();
  const since = ground.clock();
  const record = (fact: Pick<FactDraft, 'kind' | 'payload'>): Promise<void> =>
    ground.record({ ...fact, system: plan.system, environment: plan.environment, release: id } as FactDraft);
  await record({
    kind: 'release.begun',
    payload: {
      model: plan.model,
      verb,
      ...(goingBackFrom && { goingBackFrom }),
      ...secretsOf(ground.vault.hashes(plan.model)),
    },
  });
  return {
    id,
    async end(outcome, parts, reason) {
      const milliseconds = ground.clock() - since;
      await record({ kind: 'release.ended', payload: { outcome, milliseconds, ...(reason && { reason }) } });
      return { release: id, verb, outcome, ...parts };
    },
  };
}

const secretsOf = (secrets: SecretHashes): { readonly secrets?: SecretHashes } =>
  Object.keys(secrets).length > 0 ? { secrets } : {};

/** The Problem that tells a person what became of a release that was not kept. */
export function asProblemOf({ verb = 'up', outcome, applied, back }: Released): Problem {
  if (applied.overtaken) return applied.overtaken;
  const first = applied.interrupted ? undefined : applied.failures[0]?.problem;
  const whatNow: Readonly<Record<string, string>> = {
    'rolled-back': 'the whole release went back; what ran before runs again',
    interrupted: `it was left as it is; \`holdfast ${verb}\` goes on from here`,
    failed: whatFailed(verb, back),
  };
  return new Problem({
    ...first?.parts,
    what: first?.message ?? 'the release was interrupted',
    why: [first?.parts.why, whatNow[outcome]].filter(Boolean).join(' · '),
    exit: first?.exit ?? 1,
  });
}

function whatFailed(verb: string, back: Released | undefined): string {
  if (!isReversible(verb)) return 'the rest is taken away; `holdfast down` tries again with what is left';
  return back
    ? `going back failed too${back.refused ? `: ${back.refused.message}` : ''}; \`holdfast status\` shows what runs`
    : 'there is no earlier release to go back to; what was made stays for you to look at';
}
