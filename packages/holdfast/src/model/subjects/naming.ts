import type * as z from 'zod/mini';
import { emptyNotes, type Notes } from '../assertion/notes.ts';
import { type Phrases, type Subject, subjectOf } from '../assertion/said.ts';
import { type Callee, callSite } from '../declaration/call-site.ts';
import { holds } from '../declaration/holds.ts';
import { members } from '../declaration/rule.ts';
import type { SubjectOf, SubjectType } from '../spec/check-spec.ts';

/** What tells a subject from others of its type. */
export type Marks<T extends SubjectType> = Omit<SubjectOf<T>, 'type' | 'eventually'>;

/** What was given to a function that names a subject, and how it must be. */
export interface Given {
  readonly shape: Readonly<Record<string, z.ZodMiniType>>;
  readonly given: Readonly<Record<string, unknown>>;
  /** The function that the user called, and how it is called: `it.file`. */
  readonly callee: Callee;
  readonly as?: string;
}

/** Names subjects while one check is declared. */
export interface Naming {
  readonly notes: Notes;
  /** A subject, where what was given is right; otherwise one of which nothing is noted. */
  name<T extends SubjectType>(type: T, given: Given, marks: () => Marks<T>, phrases?: Phrases): Subject<T>;
}

export function namingIn(notes: Notes): Naming {
  return { notes, name };

  function name<T extends SubjectType>(type: T, given: Given, marks: () => Marks<T>, phrases?: Phrases): Subject<T> {
    const { shape, given: values, callee, as = `it.${callee.name}` } = given;
    if (holds(members(shape), values, as, callee))
      return subjectOf({ type, ...marks() } as unknown as SubjectOf<T>, notes, callSite(callee), phrases);
    notes.refused = true;
    // What is said of it is looked at too, so that all that is wrong is told at once.
    return subjectOf({ type } as unknown as SubjectOf<T>, emptyNotes(true), '', phrases);
  }
}
