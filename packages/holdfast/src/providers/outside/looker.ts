import { type Clock, systemClock } from '../../kit/clock.ts';
import { spellDuration } from '../../kit/duration.ts';
import { Problem } from '../../kit/problem.ts';
import type { FactsOf } from '../../model/assertion/facts/facts-of.ts';
import type { Looked } from '../../model/assertion/matcher.ts';
import type { SubjectSpec, SubjectType } from '../../model/spec/subject-spec.ts';
import type { Asked, Looker, Sight } from '../../ports/looking/looker.ts';
import { type Ask, asks, type Ground } from './asks.ts';
import { wordsOf } from './words.ts';

/** How long one answer may take, in milliseconds: what may take longer until it is so is asked again. */
const patience = 5_000;

/** Asks over the network, from where this process runs, as others do. All at once, each with a deadline of its own. */
export function outsideLooker<T>(ground: Ground<T>, clock: Clock = systemClock): Looker<T> {
  const askFor = (of: SubjectSpec) => asks[of.type] as Ask<SubjectType> | undefined;

  async function lookAt(target: T, asked: Asked, signal: AbortSignal): Promise<Sight> {
    const ask = askFor(asked.of);
    if (!ask) return { elsewhere: 'nothing outside tells of it' };
    const [startedAt, at] = [performance.now(), clock()];
    const limit = Math.min(asked.within ?? patience, patience) * turns(asked.of);
    const looked = await inTime(limit, signal, late => ask(asked, ground, target, late, at));
    return { looked, tier: 'outside', at, milliseconds: performance.now() - startedAt };
  }

  return {
    tier: 'outside',
    isTogether: false,
    sees: of => askFor(of) !== undefined,
    async look(target, asked, signal) {
      return new Map(await Promise.all(asked.map(async one => [one.of, await lookAt(target, one, signal)] as const)));
    },
  };
}

/** What is asked several times over may take as often as long. */
const turns = (of: SubjectSpec): number => (of.type === 'latency' ? of.samples : 1);

type AnyLooked = Looked<FactsOf[SubjectType]>;

/** No answer is an answer: there is nobody. That nobody could be asked is none. */
async function inTime(
  limit: number,
  signal: AbortSignal,
  ask: (late: AbortSignal) => Promise<AnyLooked>,
): Promise<AnyLooked> {
  const lateness = AbortSignal.timeout(limit);
  try {
    return await ask(AbortSignal.any([signal, lateness]));
  } catch (error) {
    signal.throwIfAborted();
    if (lateness.aborted) return { missing: `no answer within ${spellDuration(limit)}` };
    return error instanceof Problem ? { unknown: wordsOf(error) } : { missing: wordsOf(error) };
  }
}
