import { needsItsName } from '../../engine/plan/plan.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { Call } from '../call.ts';
import type { ChangeOutput, PlanOutput } from '../output/plan.ts';
import { hasPerson } from '../outside.ts';
import { ask } from './ask.ts';

/** What a person has to say before something is done. */
export interface Consent {
  readonly call: Call;
  /** `Apply this plan?` */
  readonly question: string;
  readonly typed: Typed;
}

/** Names that must be typed, because data goes with them, and the option that says them in a script. */
export interface Typed {
  readonly names: readonly string[];
  readonly option: string;
}

/** Refuses early, before anything is looked at, where nobody could answer. */
export function refuseUnanswered({ options, outside }: Call): void {
  if (options.yes || (hasPerson(outside) && !options.json)) return;
  throw new Problem({
    what: 'nobody is there to say yes',
    why: options.json
      ? 'with --json, nothing is asked'
      : 'this is no terminal, and nothing is changed without an answer',
    fix: 'add --yes to go ahead; look first with `holdfast plan`',
    exit: exitCode.wrongUse,
  });
}

/** Resolves when the plan may be applied; throws a Problem when it may not. */
export async function consent({ call, question, typed }: Consent): Promise<void> {
  const { options, outside, stopping, out } = call;
  stopping.signal.throwIfAborted();
  for (const name of typed.names) await typedName(name, typed.option, call);
  if (options.yes || typed.names.length > 0) return;
  const answer = await ask(`${out.palette.bold(question)} [y/N] `, outside, stopping.signal);
  if (!/^y(es)?$/i.test(answer)) throw declined();
}

async function typedName(name: string, option: string, { options, outside, stopping, out }: Call): Promise<void> {
  if (!hasPerson(outside) || options.json) throw notTyped(name, option);
  const paint = out.palette;
  const question = `${paint.red('Data will be destroyed.')} Type ${paint.bold(name)} to go ahead: `;
  if ((await ask(question, outside, stopping.signal)) !== name) throw declined();
}

/** Names of what holds data and would be destroyed, now or later, but for those that were named already, now or a grace period ago. */
export const doomed = ({ changes }: PlanOutput, named: readonly string[]): readonly string[] =>
  changes
    .filter(needsItsName)
    .map(nameOf)
    .filter(name => !named.includes(name));

const nameOf = ({ address }: ChangeOutput): string => address.slice(address.indexOf('/') + 1);

const notTyped = (name: string, option: string): Problem =>
  new Problem({
    what: `data would be destroyed, and its name was not given: ${name}`,
    why: '--yes says yes to changes, not to the loss of data',
    fix: `add ${option} ${name}`,
    exit: exitCode.wrongUse,
  });

const declined = (): Problem =>
  new Problem({
    what: 'nothing was changed',
    why: 'the answer was no',
    exit: exitCode.failed,
  });
