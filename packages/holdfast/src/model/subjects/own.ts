import * as z from 'zod/mini';
import type { FactSource, OwnMatchers, OwnSubject, OwnType } from '../check/subject-type.ts';
import type { Callee } from '../declaration/call-site.ts';
import { rule } from '../declaration/rule.ts';
import { someText } from '../rules.ts';
import type { Parser } from '../spec/check-spec.ts';
import type { Naming } from './naming.ts';
import { line, wordsOf } from './rules.ts';

const parsers: readonly unknown[] = ['text', 'number', 'lines', 'pairs', 'json'] satisfies Parser[];

const parser = rule<Parser>(
  { is: `one of ${parsers.join(', ')}`, why: 'these are the ways to read what a command prints' },
  value => parsers.includes(value),
);

const shape = { words: z.array(someText), command: line, parse: parser };

/** Names a subject of a user's own type. */
export function ownSubject<A extends readonly string[], M extends OwnMatchers>(
  type: OwnType<A, M>,
  words: A,
  naming: Naming,
  callee: Callee,
): OwnSubject<M> {
  const { name, facts, phrases } = type;
  const { command, parse }: Partial<FactSource> = Object(facts(...words));
  const given = { shape, given: { words, command, parse }, callee, as: `it.a(${name})` };
  const subject = naming.name(
    'custom',
    given,
    () => ({ name, words, command: wordsOf(command ?? ''), parse: parse ?? 'text' }),
    phrases,
  );
  // Its phrases are those of M, and no others.
  return subject as unknown as OwnSubject<M>;
}
