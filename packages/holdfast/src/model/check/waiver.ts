import * as z from 'zod/mini';
import { isDay } from '../../kit/day.ts';
import { nearest } from '../../kit/nearest.ts';
import { sentenceOf } from '../assertion/judge.ts';
import type { CheckHandle } from '../check.ts';
import { openDeclaration } from '../declaration/call.ts';
import { callSite } from '../declaration/call-site.ts';
import { addressOfHandle, isHandleOf } from '../declaration/handle.ts';
import { holds } from '../declaration/holds.ts';
import { handleOf } from '../declaration/options.ts';
import { members, rule } from '../declaration/rule.ts';
import type { Declaration } from '../declaration/slot.ts';
import { report } from '../declaration/wrong.ts';
import { addressOf, isKnown, type Known } from '../resource.ts';
import { someText } from '../rules.ts';
import type { WaiverSpec } from '../spec/check-spec.ts';
import type { TeamHandle } from '../team.ts';

export interface WaiverOptions {
  /** Who answers for it. */
  readonly owner: TeamHandle;
  /** Why it may be so, in words that the next one understands. */
  readonly because: string;
  /** `'YYYY-MM-DD'`: the last day, in UTC, that it counts. From then on the check fails as any other does. */
  readonly until: string;
  /** One sentence of the check, where not all of it is meant. */
  readonly only?: string;
}

/**
 * Lets a check, or one sentence that a single check says, be otherwise for a while. It is still looked at, and what was
 * found is shown with who answers for it.
 *
 * ```ts
 * waive('/app is read-only for all but root', { owner: crew, because: 'uploads move out first', until: '2026-12-31' })
 * ```
 */
export function waive(what: CheckHandle | string, options: WaiverOptions): void {
  const at = callSite(waive);
  const declaration = openDeclaration('waive()', at);
  if (!holds(schema, { what, ...options }, 'waive', waive)) return;
  const only = typeof what === 'string' ? what : options.only;
  const meant = checkMeant(what, only, declaration, at);
  if (meant && isNew(meant, only, at)) write(meant, waiverOf(options, only), declaration);
}

const waivable = rule<CheckHandle | string>(
  {
    is: 'a check or a sentence of one',
    why: 'a waiver is of what a check says',
    fix: "pass what check(…) returned, or the sentence as it is printed: waive('/app exists', { … })",
  },
  value => isHandleOf('check')(value) || (typeof value === 'string' && value !== ''),
);

const reason = rule<string>(
  {
    is: 'a reason in words',
    why: 'it stands beside the promise, and whoever reads it decides by it',
    fix: "write it as in 'uploads move to the object store first'",
  },
  value => typeof value === 'string' && /\p{L}\S*\s+\S*\p{L}/u.test(value),
);

const day = rule<string>(
  {
    is: 'a day of the calendar',
    why: 'a waiver ends by itself, on a day that is the same everywhere (UTC)',
    fix: "write it as in '2026-12-31'",
  },
  value => typeof value === 'string' && isDay(value),
);

const schema = members({
  what: waivable,
  owner: handleOf('team'),
  because: reason,
  until: day,
  only: z.optional(someText),
});

type Check = Known<'check'>;

const waiverOf = ({ owner, because, until }: WaiverOptions, sentence: string | undefined): WaiverSpec => ({
  ...(sentence !== undefined && { sentence }),
  owner: addressOfHandle(owner),
  because,
  until,
});

/** The one check that is meant; what does not name one is reported. */
function checkMeant(
  what: CheckHandle | string,
  only: string | undefined,
  among: Declaration,
  at: string,
): Check | undefined {
  const checks = among.resources.filter(isKnown('check'));
  const named = typeof what === 'string' ? checks : checks.filter(one => addressOf(one) === addressOfHandle(what));
  const saying = only === undefined ? named : named.filter(check => sentencesOf(check).includes(only));
  if (saying.length === 1) return saying[0];
  // A check that was refused, or is of another system: that is told, or nothing can be said of it.
  if (named.length > 0 && only !== undefined) report({ where: at, ...notOne(only, saying, named) });
  return undefined;
}

const sentencesOf = ({ spec }: Check): readonly string[] => spec.assertions.map(sentenceOf);

function notOne(sentence: string, saying: readonly Check[], among: readonly Check[]) {
  if (saying.length > 1) return several(sentence, saying);
  const known = among.flatMap(sentencesOf);
  const meant = nearest(sentence, known);
  return {
    what: `no check says "${sentence}"`,
    why: 'a waiver of nothing would go unnoticed, and what it was meant for would fail',
    fix: meant ? `did you mean '${meant}'?` : 'declare the check first, and copy the sentence as it is printed',
  };
}

const several = (sentence: string, saying: readonly Check[]) => ({
  what: `"${sentence}" is said by ${saying.length} checks: ${saying.map(({ name }) => name).join(', ')}`,
  why: 'a waiver is of one of them, so that the others go on being held to it',
  fix: `pass the check: waive(${saying[0]?.name}, { only: '${sentence}', … })`,
});

function isNew({ name, spec }: Check, only: string | undefined, where: string): boolean {
  const [first] = (spec.waivers ?? []).filter(({ sentence }) => sentence === undefined || sentence === only);
  if (first) report({ where, ...twice(name, first) });
  return first === undefined;
}

const twice = (name: string, { sentence = 'the whole of it', until }: WaiverSpec) => ({
  what: `check "${name}" is waived twice: ${sentence}`,
  why: `it is waived until ${until} already, and two owners could each think that the other answers for it`,
  fix: 'keep one of them',
});

function write(check: Check, waiver: WaiverSpec, { resources }: Declaration): void {
  const spec = { ...check.spec, waivers: [...(check.spec.waivers ?? []), waiver] };
  const needs = [...new Set([...check.needs, waiver.owner])];
  resources[resources.indexOf(check)] = { ...check, spec, needs };
}
