import type { DocFile } from '../knowledge.ts';
import { changesIn } from './rests.ts';
import { type Read, readStamp } from './stamp.ts';

/** A file that does not say what the model says, and why. */
export interface Stale {
  readonly path: string;
  readonly why: readonly string[];
}

/**
 * What of a folder is not as the model has it. What was found since, a newer run of a check, makes no page stale: a
 * page says of when its evidence is. Pure.
 */
export function staleIn(there: ReadonlyMap<string, string>, now: readonly DocFile[]): readonly Stale[] {
  const meant = new Set(now.map(({ path }) => path));
  return [
    ...now.flatMap(({ path, text }) => stale(path, whyStale(there.get(path), text))),
    ...goneIn(there, meant).flatMap(path => stale(path, ['what it is about is no longer declared'])),
  ];
}

/** Files that Holdfast made, and would no longer make. A site in the same folder is another matter. */
export function goneIn(there: ReadonlyMap<string, string>, meant: ReadonlySet<string>): readonly string[] {
  const endings = new Set([...meant].map(endingOf));
  return [...there]
    .filter(([path, text]) => !meant.has(path) && endings.has(endingOf(path)) && readStamp(text))
    .map(([path]) => path);
}

const endingOf = (path: string): string => path.slice(path.lastIndexOf('.'));

const stale = (path: string, why: readonly string[]): readonly Stale[] => (why.length > 0 ? [{ path, why }] : []);

function whyStale(there: string | undefined, text: string): readonly string[] {
  if (there === undefined) return ['it is not there'];
  const [was, is] = [readStamp(there), readStamp(text)];
  if (!was) return ['it was not made by `holdfast docs`'];
  return is ? differences(was, is) : [];
}

function differences({ stamp: then, isUntouched }: Read, { stamp: now }: Read): readonly string[] {
  if (then.system !== now.system || then.environment !== now.environment)
    return [`it is of ${then.system} in ${then.environment}`];
  return [
    ...(then.model === now.model ? [] : changesIn(then.rests, now.rests)),
    ...(isUntouched ? [] : ['somebody wrote in it by hand']),
  ];
}
