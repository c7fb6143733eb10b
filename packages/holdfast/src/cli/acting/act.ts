import type { Prepared } from '../../engine/release/prepare.ts';
import type { Released } from '../../engine/release/release.ts';
import type { Stage } from '../../flow.ts';
import type { Journal } from '../../journal/journal.ts';
import type { HeldLease } from '../../journal/keeper.ts';
import { iso } from '../../kit/clock.ts';
import type { Scope } from '../../model/identity.ts';
import { type Call, type CommonOptions, durationOf, whereOf } from '../call.ts';
import { withLease } from '../ground/lease.ts';
import { findPlace, type Grounded, ground, openJournal } from '../ground/place.ts';
import { stageOf } from '../ground/stage.ts';
import type { Stopping } from '../ground/stopping.ts';
import { plainReporter } from '../live/plain.ts';
import { jsonReporter, type Reporter, type Tell } from '../live/reporter.ts';
import { terminalReporter } from '../live/terminal.ts';
import type { PlanOutput } from '../output/plan.ts';
import { toFactEvent } from '../output/to-event.ts';
import { toPlanOutput } from '../output/to-plan.ts';
import { problemLines } from '../show/problem.ts';
import { consent, refuseUnanswered, type Typed } from './consent.ts';
import { type Ended, endOf, exitOf } from './ended.ts';

export interface ActingOptions extends CommonOptions {
  /** A duration; false for `--no-wait`. */
  readonly wait: string | false;
}

/** A verb that changes an environment: under its lease, with consent, told as it happens. */
export interface Act {
  /** As it is typed: `up`. */
  readonly name: string;
  readonly question: string;
  /** What must be typed before the plan is applied. */
  readonly typed: (plan: PlanOutput, scope: Scope) => Typed;
  work(stage: Stage): Promise<Released>;
}

export async function act(call: Call<ActingOptions>, verb: Act): Promise<number> {
  refuseUnanswered(call);
  const { outside, stopping, options, err } = call;
  const since = outside.clock();
  const reporter = await reporterFor(call);
  const tell: Tell = event => reporter.tell({ ...event, at: iso(outside.clock()) });
  stopping.onStop = (by, abandon) => tell({ event: 'stopping', by, abandon });
  try {
    const ended = await underLease(call, verb, { tell, rest: reporter.rest });
    tell({ event: 'result', verb: verb.name, ...ended, milliseconds: outside.clock() - since });
    if (ended.problem && !options.json) err.print(problemLines(ended.problem, err.palette, err.width));
    return exitOf(ended, stopping);
  } finally {
    reporter.rest();
  }
}

async function reporterFor({ options, outside, out }: Call): Promise<Reporter> {
  if (options.json) return jsonReporter(outside.stdout);
  return out.isTerminal ? terminalReporter(outside.stdout, out, outside.clock) : plainReporter(out);
}

interface Telling {
  readonly tell: Tell;
  readonly rest: () => void;
}

async function underLease(call: Call<ActingOptions>, verb: Act, telling: Telling): Promise<Ended> {
  const { options, stopping } = call;
  const wait = options.wait === false ? 0 : durationOf('--wait', options.wait);
  const place = await findPlace(whereOf(call));
  const grounded = await ground(place, stopping.signal);
  await using journal = await openJournal(place);
  const parts = {
    scope: { system: grounded.model.name, environment: place.environment.name },
    journal,
    doing: `holdfast ${verb.name}`,
    wait,
    signal: stopping.signal,
    record: recorder(journal, telling.tell),
    onWait: waiting(telling.tell),
  };
  return await withLease(parts, lease => {
    call.holdOn();
    return work({ call, verb, telling, grounded, journal, lease });
  });
}

interface Leased {
  readonly call: Call;
  readonly verb: Act;
  readonly telling: Telling;
  readonly grounded: Grounded;
  readonly journal: Journal;
  readonly lease: HeldLease;
}

async function work({ call, verb, telling, grounded, journal, lease }: Leased): Promise<Ended> {
  const seen: { prepared?: Prepared } = {};
  const stage = await stageOf({
    grounded,
    journal,
    stopping: unlessLost(call.stopping, lease.lost),
    tell: telling.tell,
    clock: call.outside.clock,
    fence: () => lease.stillMine(),
    confirm: async prepared => {
      seen.prepared = prepared;
      await confirmed(call, verb, telling, prepared);
    },
  });
  return endOf({ released: await verb.work(stage), stage, ...seen });
}

const recorder =
  (journal: Journal, tell: Tell): Stage['record'] =>
  async fact => {
    await journal.append([fact]);
    tell(toFactEvent(fact));
  };

const waiting =
  (tell: Tell): Parameters<typeof withLease>[0]['onWait'] =>
  (owner, since) =>
    tell({ event: 'waiting', owner, ...(since !== undefined && { since }) });

/** Who has lost the lease stops, and goes back nowhere: another one is at it. */
const unlessLost = ({ signal, abandon }: Stopping, lost: AbortSignal): Pick<Stopping, 'signal' | 'abandon'> => ({
  signal: AbortSignal.any([signal, lost]),
  abandon: AbortSignal.any([abandon, lost]),
});

async function confirmed(call: Call, verb: Act, { tell, rest }: Telling, prepared: Prepared): Promise<void> {
  const plan = toPlanOutput(prepared);
  tell({ event: 'planned', plan });
  if (plan.noop) return;
  rest();
  const { system, environment } = prepared.plan;
  await consent({ call, question: verb.question, typed: verb.typed(plan, { system, environment }) });
}
