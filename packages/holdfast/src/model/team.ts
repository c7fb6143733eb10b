import * as z from 'zod/mini';
import { Call, declare } from './declaration/call.ts';
import { Handle } from './declaration/handle.ts';
import { type CommonOptions, common } from './declaration/options.ts';
import { members, rule } from './declaration/rule.ts';
import { percentage, someText } from './rules.ts';
import type { PeopleSpec } from './spec/small-specs.ts';

export type TeamHandle = Handle<'team'>;

export interface TeamOptions extends CommonOptions {
  /** E-mail addresses. */
  readonly people: readonly string[];
  /** How the duty goes round, as in `'weekly'`. */
  readonly onCall?: string;
  /** How often somebody on call answers in time, as an exact decimal percentage: `'99%'`. */
  readonly availability?: string;
}

const people = rule<readonly string[]>(
  {
    is: 'an array of e-mail addresses',
    why: 'a team is who gets called: with nobody in it, or with no address, nobody can be',
    fix: "write it as in ['ada@shop.example', 'linus@shop.example']",
  },
  value => Array.isArray(value) && value.length > 0 && value.every(isMail),
);

const isMail = (value: unknown): boolean => typeof value === 'string' && /^[^\s@]+@[^\s@]+$/.test(value);

const schema = members({ ...common, people, onCall: z.optional(someText), availability: z.optional(percentage) });

/** The humans who own it. */
export function team(name: string, options: TeamOptions): TeamHandle {
  declare(new Call('team', name, team), schema, options, () => ({ spec: specOf(options), needs: [] }));
  return new Handle('team', name);
}

const specOf = ({ people, onCall, availability }: TeamOptions): PeopleSpec => ({
  people,
  ...(onCall && { onCall }),
  ...(availability && { availability }),
});
