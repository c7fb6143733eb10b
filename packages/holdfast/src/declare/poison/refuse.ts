import { type Callee, callSite } from '../../model/declaration/call-site.ts';
import { wrong } from '../../model/declaration/wrong.ts';
import { callerOf } from './caller.ts';

/** A side effect, in the words of the error that refuses it. */
export interface Effect {
  /** `Date.now()`. */
  readonly name: string;
  readonly why: string;
  readonly fix: string;
}

/** Any function that is taken over. */
export type Original = (this: unknown, ...args: never[]) => unknown;

export function refuse({ name, why, fix }: Effect, callee: Callee): never {
  throw wrong({
    what: `${name} was called while the system is declared`,
    where: callSite(callee),
    why: `${why}; two evaluations of one system.ts must be equal`,
    fix,
  });
}

/**
 * Stands in for a function of Node's: the user's code is refused, a package's gets a fixed value so that it can load,
 * and Node's own code goes on as ever.
 */
export function standIn(original: Original, effect: Effect, fixed: (...args: never[]) => unknown): Original {
  return function stand(this: unknown, ...args) {
    const caller = callerOf(stand);
    if (caller === 'user') refuse(effect, stand);
    return caller === 'package' ? fixed(...args) : Reflect.apply(original, this, args);
  };
}

/** Takes over functions that an object has. What is fixed in place passes on to another one that is taken over. */
export function takeOver(
  holder: object,
  names: readonly string[],
  change: (original: Original, name: string) => unknown,
): void {
  for (const name of names) {
    const original = Reflect.get(holder, name);
    const fixed = Object.getOwnPropertyDescriptor(holder, name)?.configurable === false;
    if (typeof original !== 'function' || fixed) continue;
    Object.defineProperty(holder, name, { value: change(original, name), configurable: true, writable: true });
  }
}

/**
 * The same where nobody needs the original: some names of Node's load much when they are read, and already when their
 * descriptor is.
 */
export function takeOverUnread(holder: object, names: readonly string[], stand: (name: string) => unknown): void {
  for (const name of names)
    if (name in holder && Reflect.deleteProperty(holder, name))
      Object.defineProperty(holder, name, { value: stand(name), configurable: true, writable: true });
}
