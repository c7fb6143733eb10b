import { sameJson } from '../../kit/json.ts';
import { type Entry, entryOf, type SecretsDocument, withEarlier } from './document.ts';

/** Which side of a merge counts where both changed the same. */
export type Side = 'ours' | 'theirs';

/** What two branches made of one document. */
export interface Sides {
  /** What both began with; undefined where each made its own. */
  readonly base: SecretsDocument | undefined;
  readonly ours: SecretsDocument;
  readonly theirs: SecretsDocument;
}

export interface Merged {
  readonly document: SecretsDocument;
  /** Names of secrets that they brought. */
  readonly taken: readonly string[];
  /** Names of secrets that both gave another value. */
  readonly conflicts: readonly string[];
}

/** Each secret from the side that changed it. Where both did, `prefer` says whose counts, and else it is a conflict. Pure. */
export function merged({ base, ours, theirs }: Sides, prefer?: Side): Merged {
  const secrets = byName(base?.secrets, ours.secrets, theirs.secrets, sameText, prefer);
  const recipients = byName(base?.recipients, ours.recipients, theirs.recipients, sameJson, prefer);
  return {
    document: { ...ours, secrets: remembered(secrets, [ours, theirs]), recipients: recipients.record },
    taken: secrets.taken,
    conflicts: prefer ? [] : secrets.conflicts,
  };
}

/** Backups may be encrypted with what either side had before, or with the value of the side that does not count. */
function remembered({ record, conflicts }: ByName<Entry>, sides: readonly SecretsDocument[]): ByName<Entry>['record'] {
  const before = (name: string) =>
    sides.flatMap(side => {
      const entry = entryOf(side, name);
      return entry ? [...(conflicts.includes(name) ? [entry.text] : []), ...(entry.earlier ?? [])] : [];
    });
  return Object.fromEntries(Object.entries(record).map(([name, entry]) => [name, withEarlier(entry, before(name))]));
}

/** When it was changed does not make it another one. */
const sameText = (a: { text: string } | undefined, b: { text: string } | undefined): boolean => a?.text === b?.text;

type Named<T> = Readonly<Record<string, T>>;

interface ByName<T> {
  readonly record: Named<T>;
  readonly taken: readonly string[];
  readonly conflicts: readonly string[];
}

function byName<T>(
  base: Named<T> = {},
  ours: Named<T>,
  theirs: Named<T>,
  same: (a: T | undefined, b: T | undefined) => boolean,
  prefer: Side = 'ours',
): ByName<T> {
  const of = (side: Named<T>, name: string): T | undefined => (Object.hasOwn(side, name) ? side[name] : undefined);
  const names = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort();
  const isTheirs = (name: string): boolean =>
    !same(of(ours, name), of(theirs, name)) && same(of(base, name), of(ours, name));
  const conflicts = names.filter(
    name =>
      !same(of(ours, name), of(theirs, name)) &&
      !same(of(base, name), of(ours, name)) &&
      !same(of(base, name), of(theirs, name)),
  );
  const taken = names.filter(name => isTheirs(name) || (prefer === 'theirs' && conflicts.includes(name)));
  const entries = names.flatMap(name => {
    const value = of(taken.includes(name) ? theirs : ours, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { record: Object.fromEntries(entries), taken, conflicts };
}
