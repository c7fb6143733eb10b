import * as z from 'zod/mini';
import { type Handle, isHandle, isHandleOf } from './handle.ts';
import { isLabel, label } from './label.ts';
import { rule } from './rule.ts';

/** What every declaration takes besides its own. */
export interface CommonOptions {
  /** Which of the environment's engines it lives on. Default `'default'`. */
  readonly engine?: string;
  /** Names that it had before: a rename keeps the object and its data. */
  readonly movedFrom?: string | readonly string[];
  /** What must be there before it, besides what its other options name. */
  readonly needs?: readonly Handle[];
}

export const someHandle = rule<Handle>(
  { is: 'a handle', fix: 'give what a declaration such as service(…) returned' },
  isHandle,
);

export const handleOf = <K extends string>(kind: K) =>
  rule<Handle<K>>(
    {
      is: `a handle of kind ${kind}`,
      why: 'references are handles, never names: so a typo can’t name something else, and the order follows from them',
      fix: `declare it and pass what it returned: const it = ${kind}('…', …)`,
    },
    isHandleOf(kind),
  );

export const common = {
  engine: z.optional(label),
  movedFrom: z.optional(
    rule<string | readonly string[]>(
      { is: 'a former name, or an array of former names', fix: "write movedFrom: 'old-name'" },
      value => (Array.isArray(value) ? value.length > 0 && value.every(isLabel) : isLabel(value)),
    ),
  ),
  needs: z.optional(z.array(someHandle)),
};
