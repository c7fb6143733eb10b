import { type Clock, systemClock } from '../../../kit/clock.ts';
import type { FactsOf } from '../../../model/assertion/facts/facts-of.ts';
import type { Looked } from '../../../model/assertion/matcher.ts';
import type { SubjectSpec, SubjectType } from '../../../model/spec/subject-spec.ts';
import type { Looker, Sight } from '../../../ports/looking/looker.ts';
import type { Seen } from '../../../ports/provider.ts';
import { attempt, unlessGone } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { containerFacts } from './container-facts.ts';
import { logsOf } from './logs.ts';

/** Lines of a log that are looked at. */
const most = 10_000;

/** Looks at what the engine itself knows of its containers: how they were made, and what they wrote. */
export function dockerApiLooker(host: DockerHost, clock: Clock = systemClock): Looker {
  async function lookAt(target: Seen, { type }: SubjectSpec, signal: AbortSignal): Promise<Sight> {
    const [startedAt, at] = [performance.now(), clock()];
    const looked = type === 'log' ? await logOf(host, target, signal) : await containerOf(host, target, signal);
    return { looked, tier: 'api', at, milliseconds: performance.now() - startedAt };
  }

  return {
    tier: 'api',
    isTogether: false,
    sees: ({ type }) => type === 'container' || type === 'log',
    async look(target, asked, signal) {
      return new Map(await Promise.all(asked.map(async ({ of }) => [of, await lookAt(target, of, signal)] as const)));
    },
  };
}

type AnyLooked = Looked<FactsOf[SubjectType]>;

const containerOf = ({ docker }: DockerHost, { id, name }: Seen, signal: AbortSignal): Promise<AnyLooked> =>
  attempt(`container ${name} can't be looked at`, async () => {
    const found = await unlessGone(() => docker.getContainer(id).inspect({ abortSignal: signal }));
    return found ? { facts: containerFacts(found) } : { unknown: 'it is gone' };
  });

async function logOf(host: DockerHost, target: Seen, signal: AbortSignal): Promise<AnyLooked> {
  const lines = await Array.fromAsync(logsOf(host, target, { tail: most }, signal), ({ text }) => text);
  signal.throwIfAborted();
  return { facts: { lines } };
}
