import type { ProblemParts } from '../../kit/problem.ts';
import { rule } from './rule.ts';
import { spell } from './spell.ts';

const form = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;

/** Whether a text is an RFC 1123 label. Ours begin with a letter, so that no tool takes one for a number. */
export const isLabel = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 63 && form.test(value);

export const label = rule<string>(
  {
    is: 'a name of lower-case letters, digits and hyphens that begins with a letter (at most 63)',
    why: 'names become host names and names on the engine (RFC 1123)',
    fix: "write it as in 'web' or 'order-worker'",
  },
  isLabel,
);

/** What is wrong with a name; undefined when nothing is. */
export function wrongName(kind: string, name: unknown): ProblemParts | undefined {
  if (isLabel(name)) return undefined;
  if (typeof name !== 'string') return notAName(kind, name);
  const long = name.length > 63;
  return {
    what: `${kind} "${name}" has a name that ${long ? `is too long: ${name.length} characters, 63 fit` : 'is not a label'}`,
    why: 'names become host names: lower-case letters, digits and hyphens, beginning with a letter (RFC 1123)',
    fix: long ? 'choose a shorter one' : `call it '${suggested(name)}'`,
  };
}

const notAName = (kind: string, name: unknown): ProblemParts => ({
  what: `${kind}(…) was given ${spell(name)} as its name`,
  why: 'the first argument of a declaration is the name by which it is known for ever',
  fix: `give a text first: ${kind}('main', …)`,
});

/** The label that a name may have been meant as. */
function suggested(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  const plain = words.replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '');
  return plain || 'web';
}
