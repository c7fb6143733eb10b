import type { Clock } from '../../kit/clock.ts';
import { spellDuration } from '../../kit/duration.ts';
import { asProblem, exitCode, Problem } from '../../kit/problem.ts';
import { nameIn } from '../../model/address.ts';
import type { RouteTable, Upstream } from '../../ports/desires.ts';
import type { Instances } from '../../ports/instances.ts';
import type { ProbeAnswer, Prober } from '../../ports/prober.ts';
import type { Providers } from '../../ports/provider.ts';
import type { Router } from '../../ports/router.ts';
import type { Op, Step, StepOf } from '../plan/plan.ts';
import { farewell } from './farewell.ts';
import { gate, lastLines } from './gate.ts';
import type { Live } from './live.ts';

/** What steps are done with. */
export interface Tools {
  readonly providers: Providers;
  readonly router: Router;
  readonly instances: Instances;
  readonly prober: Prober;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long an instance without a probe has to stay up, in milliseconds. */
  readonly settling?: number;
  readonly onAnswer?: (step: Step, answer: ProbeAnswer) => void;
}

/** What became of a step: the engine's id of what was made or taken away, a word for people. */
export interface Done {
  readonly id?: string;
  readonly note?: string;
}

type Performers = { readonly [O in Op]: (step: StepOf<O>, live: Live, tools: Tools) => Promise<Done> };

const performers: Performers = {
  async ensure(step, live, { providers, signal }) {
    const seen = await providers(step.desired.kind, step.engine).ensure(
      step.desired,
      live.has(step.desired.uid),
      signal,
    );
    live.saw(seen);
    return { id: seen.id };
  },

  async remove(step, live, tools) {
    const note = await farewell(step.seen, tools);
    try {
      await tools.providers(step.seen.kind, step.engine).remove(step.seen, tools.signal);
    } catch (error) {
      if (!step.isOverdue || tools.signal.aborted) throw error;
      return { note: `it stays for now: ${asProblem(error).message}` };
    }
    live.gone(step.seen);
    return { id: step.seen.id, ...(note && { note }) };
  },

  async gate(step, live, tools) {
    const instance = live.byUid(step.uid);
    const since = tools.clock();
    await gate(instance, step.address, step.probe, { ...tools, onAnswer: answer => tools.onAnswer?.(step, answer) });
    return { id: instance.id, note: `healthy after ${spellDuration(tools.clock() - since)}` };
  },

  async finish(step, live, tools) {
    const instance = live.byUid(step.uid);
    const signal = AbortSignal.any([tools.signal, AbortSignal.timeout(step.timeout)]);
    const code = await tools.instances.ended(instance, signal).catch(error => {
      throw signal.aborted && !tools.signal.aborted ? tookTooLong(step) : error;
    });
    if (code !== 0) throw await endedBadly(step, code, await lastLines(tools.instances, instance));
    return { id: instance.id, note: 'ended well' };
  },

  async shift(step, live, { router }) {
    live.shifted(step.edge, step);
    const edge = live.edge(step.edge);
    if (!edge) return { note: 'no edge is up: nothing to shift' };
    await router.shift(edge, step);
    if (step.drop.length === 0) return {};
    return { note: await router.drained(edge, step.drop, step.drain) };
  },

  async route(step, live, { router }) {
    const table = step.table ?? live.tableOf(step.edge);
    const edge = live.edge(step.edge);
    if (!edge)
      throw new Problem({
        what: `edge ${nameIn(step.edge)} is not running`,
        fix: 'run `holdfast up` again',
        exit: exitCode.failed,
      });
    const left = leftOut(live.tableOf(step.edge), table);
    await router.set(edge, table);
    live.routed(step.edge, table);
    return left.length > 0 ? { note: await router.drained(edge, left, step.drain) } : {};
  },
};

/** Does one step. Idempotent, as every step may follow a crash in the middle of itself. */
export const perform = <O extends Op>(step: StepOf<O>, live: Live, tools: Tools): Promise<Done> =>
  (performers[step.op as O] as Performers[O])(step, live, tools);

/** What traffic was led to and no longer is. */
function leftOut(before: readonly RouteTable[], now: readonly RouteTable[]): readonly Upstream[] {
  const staying = new Set(now.flatMap(({ upstreams }) => upstreams));
  return [...new Set(before.flatMap(({ upstreams }) => upstreams))].filter(upstream => !staying.has(upstream));
}

const tookTooLong = (step: StepOf<'finish'>): Problem =>
  new Problem({
    what: `${nameIn(step.address)} did not end within ${spellDuration(step.timeout)}`,
    fix: 'give it a longer `timeout`, or see with `holdfast logs` what it waits for',
    exit: exitCode.failed,
  });

const endedBadly = async (step: StepOf<'finish'>, code: number, evidence: readonly string[]): Promise<Problem> =>
  new Problem({
    what: `${nameIn(step.address)} ended with exit code ${code}`,
    why: 'nothing that needs it was touched',
    fix: 'mend it by its log lines below, then run `holdfast up` again',
    evidence,
    exit: exitCode.failed,
  });
