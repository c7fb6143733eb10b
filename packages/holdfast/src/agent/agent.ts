import { setTimeout as sleep } from 'node:timers/promises';
import type { FactDraft, GuardianActed } from '../journal/fact.ts';
import type { Journal } from '../journal/journal.ts';
import { leaseName } from '../journal/lease-name.ts';
import type { Scope } from '../model/identity.ts';
import type { Leadership } from '../ports/leadership.ts';
import type { Warden } from '../ports/warden.ts';
import { type DutyGround, dutiesIn } from './duties.ts';
import { guard } from './guardian/guard.ts';
import type { Step } from './guardian/sight.ts';
import { knowledgeOf } from './knowledge.ts';
import { outbox } from './outbox.ts';
import { keepSchedule } from './schedule/schedule.ts';

export interface AgentParts extends DutyGround {
  /** What the environment calls the engine that it stays beside. */
  readonly engine: string;
  readonly warden: Warden;
  readonly leadershipOf: (cluster: string) => Leadership;
  /** Told what it does and what goes wrong, in words. */
  readonly say: (line: string) => void;
  readonly onTrouble: (error: unknown) => void;
  /** Told each time that the engine has answered, at least every 10 s as long as it does. */
  readonly onAnswer: () => void;
}

/** In milliseconds: so long a guardian waits to be told whether a release is under way. */
const patience = 1_000;

/** Stays up beside an engine. It holds no truth of its own: the journal in, facts out; killed, the next one goes on. */
export async function runAgent(parts: AgentParts): Promise<void> {
  const { scope, engine, signal, onTrouble, say } = parts;
  const door = doorTo(parts.journal);
  const journal = door.open;
  const facts = outbox({ append: async drafts => (await journal()).append(drafts), onTrouble });
  const knowledge = knowledgeOf(scope, journal, onTrouble);
  await Promise.all([
    knowledge.follow(signal),
    facts.send(signal),
    keepSchedule({ ...parts, duties: () => dutiesIn(knowledge.release, engine, { ...parts, journal }) }),
    guard({
      ...parts,
      isReleasing: () => inTime(holds(journal, scope)),
      record: acted => facts.put(factOf(scope, acted)),
      onSteps: (cluster, steps) => say(`${cluster}: ${steps.map(spell).join(', ')}`),
    }),
  ]);
  await door.close();
}

/** Opened once, and again when that failed. */
function doorTo(open: () => Promise<Journal>) {
  let opened: Promise<Journal> | undefined;
  return {
    open(): Promise<Journal> {
      opened ??= open().catch(error => {
        opened = undefined;
        throw error;
      });
      return opened;
    },
    close: async () => (await opened)?.[Symbol.asyncDispose](),
  };
}

async function holds(journal: () => Promise<Journal>, scope: Scope): Promise<boolean> {
  return (await (await journal()).leases.holder(leaseName(scope))) !== undefined;
}

/** Undefined where it takes too long. */
const inTime = <T>(work: Promise<T>): Promise<T | undefined> =>
  Promise.race([work, sleep(patience, undefined, { ref: false })]);

const factOf = (scope: Scope, payload: GuardianActed): FactDraft => ({ kind: 'guardian.acted', ...scope, payload });

const spell = (step: Step): string => `${step.do}${'member' in step ? ` ${step.member.name}` : ''}`;
