import * as z from 'zod/mini';
import { isDay, isOver } from '../../kit/day.ts';
import type { ProblemParts } from '../../kit/problem.ts';
import { rule } from '../declaration/rule.ts';
import { someText } from '../rules.ts';
import type { RiskSpec } from '../spec/promise-spec.ts';

/** A person's signature under a promise that is above its bound. It takes all three. */
export interface RiskOptions {
  /** Who answers for it: an e-mail address of the team that keeps the promise. */
  readonly acceptedBy?: string;
  /** Why the risk is taken. */
  readonly because?: string;
  /** The last day that the signature holds, UTC: `'2027-01-31'`. */
  readonly until?: string;
}

const signatory = rule<string>(
  {
    is: 'an e-mail address',
    why: 'a risk is accepted by a person who can be asked about it',
    fix: "write it as in 'ada@shop.example'",
  },
  value => typeof value === 'string' && /^[^\s@]+@[^\s@]+$/.test(value),
);

const day = rule<string>(
  {
    is: 'a day of the calendar',
    why: 'a risk is accepted until a day, so that somebody looks at it again',
    fix: "write year, month and day, as in '2027-01-31'",
  },
  value => typeof value === 'string' && isDay(value),
);

export const riskMembers = {
  acceptedBy: z.optional(signatory),
  because: z.optional(someText),
  until: z.optional(day),
};

const parts = ['acceptedBy', 'because', 'until'] as const;

/** What a signature lacks: undefined where it is whole, or where there is none. */
export function unsigned(options: RiskOptions, subject: string): ProblemParts | undefined {
  const missing = parts.filter(part => options[part] === undefined);
  if (missing.length === 0 || missing.length === parts.length) return undefined;
  return {
    what: `${subject} accepts a risk without ${missing.join(' and ')}`,
    why: 'a risk is signed by a person, for a reason, until a day: without one of them it is only forgotten',
    fix: "write all three: acceptedBy: 'ada@shop.example', because: '…', until: '2027-01-31'",
  };
}

export const riskOf = ({ acceptedBy, because, until }: RiskOptions): RiskSpec | undefined =>
  acceptedBy !== undefined && because !== undefined && until !== undefined ? { acceptedBy, because, until } : undefined;

/** Whether a signature still holds: to the end of its last day, UTC. `now`: milliseconds since 1970. */
export const isSigned = ({ until }: RiskSpec, now: number): boolean => !isOver(until, now);
