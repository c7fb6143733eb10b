import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../kit/clock.ts';
import { spellDuration } from '../../kit/duration.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { Address } from '../../model/address.ts';
import { nameIn } from '../../model/address.ts';
import type { ProbeSpec } from '../../model/spec/service-spec.ts';
import type { InstanceState } from '../../ports/desires.ts';
import type { Instances } from '../../ports/instances.ts';
import type { ProbeAnswer, Prober } from '../../ports/prober.ts';
import type { Seen } from '../../ports/provider.ts';

export interface GateParts {
  readonly instances: Instances;
  readonly prober: Prober;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long an instance without a probe has to stay up, in milliseconds. Default 1000. */
  readonly settling?: number;
  /** Told of each answer. */
  readonly onAnswer?: (answer: ProbeAnswer) => void;
}

const defaultSettling = 1_000;
/** The first pause between two questions, in milliseconds; it doubles up to the probe's interval. */
const eager = 50;
const logLines = 20;
/** However it comes further, in milliseconds: a day. */
const atMost = 86_400_000;
/** An instance that is started again more often than this while it is waited for is given up. */
const restartsTolerated = 3;

/** Resolves once the instance is well; throws a Problem that shows its last answer and its own log lines. */
export async function gate(
  instance: Seen,
  address: Address,
  probe: ProbeSpec | undefined,
  parts: GateParts,
): Promise<void> {
  if (probe) return answers(instance, address, probe, parts);
  return staysUp(instance, address, parts);
}

async function answers(instance: Seen, address: Address, probe: ProbeSpec, parts: GateParts): Promise<void> {
  const began = parts.clock();
  let deadline = began + probe.timing.within;
  const starts = new Set<number | undefined>([startOf(instance)]);
  for (let wait = eager; ; wait = Math.min(wait * 2, probe.timing.interval)) {
    const answer = await parts.prober(instance, probe, parts.signal);
    parts.onAnswer?.(answer);
    if (answer.ok) return;
    if (answer.advances) deadline = Math.min(parts.clock(), began + atMost) + probe.timing.within;
    const now = await parts.instances.look(instance);
    starts.add(startOf(now));
    if (!now || starts.size > restartsTolerated + 1)
      throw await refused(
        instance,
        address,
        `it ended ${now ? 'again and again' : 'and is gone'}; ${answer.answer}`,
        parts,
      );
    if (parts.clock() + wait > deadline)
      throw await refused(
        instance,
        address,
        `no good answer within ${spellDuration(probe.timing.within)}: ${inWords(probe)} → ${answer.answer}`,
        parts,
      );
    await sleep(wait, undefined, { signal: parts.signal });
  }
}

async function staysUp(instance: Seen, address: Address, parts: GateParts): Promise<void> {
  const { settling = defaultSettling } = parts;
  const before = await parts.instances.look(instance);
  await sleep(settling, undefined, { signal: parts.signal });
  const after = await parts.instances.look(instance);
  if (isUp(before) && isUp(after) && startOf(before) === startOf(after)) return;
  throw await refused(instance, address, `it did not stay up for ${spellDuration(settling)}`, parts);
}

const isUp = (seen: Seen | undefined): boolean => (seen?.state as InstanceState | undefined)?.running ?? false;
const startOf = (seen: Seen | undefined): number | undefined => (seen?.state as InstanceState | undefined)?.startedAt;

export const inWords = (probe: ProbeSpec): string => {
  if (probe.type === 'http') return `GET :${probe.port}${probe.path}`;
  return probe.type === 'tcp' ? `connect :${probe.port}` : probe.command.join(' ');
};

async function refused(instance: Seen, address: Address, why: string, { instances }: GateParts): Promise<Problem> {
  return new Problem({
    what: `${nameIn(address)} never became healthy`,
    where: instance.name,
    why,
    fix: `read its log lines below; \`health\` in system.ts says what is asked, and how long it may take (\`within\`)`,
    evidence: await lastLines(instances, instance),
    exit: exitCode.failed,
  });
}

/** The last log lines of an instance; what can't be read is no reason to hide the problem itself. */
export async function lastLines(instances: Instances, instance: Seen): Promise<readonly string[]> {
  try {
    const lines = await Array.fromAsync(instances.logs(instance, { tail: logLines }));
    return lines.map(line => line.text);
  } catch {
    return [];
  }
}
