import { compareVersions } from '../resolve/version.ts';
import { firstMention } from './first-mention.ts';
import type { PackageIndex, PackageRecord } from './package-record.ts';
import { placesByName } from './places-by-name.ts';
import { recordOf } from './stanza.ts';
import { type PackagesPart, type Place, type StanzaTable, stanzaTable } from './stanza-table.ts';

/** The index of what Packages files hold. A stanza becomes a record when it is asked for, and then the same one each time. */
export function packageIndex(parts: readonly PackagesPart[]): PackageIndex {
  const table = stanzaTable(parts);
  const packages = placesByName(namesIn(table));
  const providers = once(() => placesByName(providedIn(table)));
  const mentions = new Map<string, number>();
  const records = new Map<Place, PackageRecord>();
  const mentionOf = (name: string): number => {
    const place = mentions.get(name) ?? firstMention(parts, name);
    mentions.set(name, place);
    return place;
  };
  const recordAt = (place: Place): PackageRecord => {
    const { start, text, suite } = table.stanzaAround(place);
    const record = records.get(start) ?? recordOf(text, suite);
    records.set(start, record);
    return record;
  };
  const named = (name: string): readonly PackageRecord[] =>
    packages
      .of(name)
      .map(recordAt)
      .sort((a, b) => compareVersions(b.version, a.version));
  return {
    names: packages.names,
    firstMention: mentionOf,
    named,
    providersOf: name => [...new Set(providers().of(name).map(recordAt))].filter(record => record.name !== name),
    inSet(set) {
      const names = new Set(marks[set].flatMap(mark => table.lines(mark).map(recordAt).map(nameOf).toArray()));
      for (const name of besides[set]) if (packages.of(name).length > 0) names.add(name);
      const newest = [...names].flatMap(name => named(name).slice(0, 1));
      return newest.filter(record => isIn(record, set)).sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

const nameOf = ({ name }: PackageRecord): string => name;

const marks = {
  essential: ['Essential: yes'],
  minbase: ['Essential: yes', 'Priority: required'],
} as const satisfies Record<Parameters<PackageIndex['inSet']>[0], readonly string[]>;

/**
 * What maintainer scripts take for granted (useradd and its like), and what says that /bin and its like are links from
 * the beginning: the other package that can say so is there to make them so, and brings all of perl. mmdebstrap's
 * minbase has apt besides.
 */
const besides = {
  essential: ['passwd', 'usr-is-merged'],
  minbase: ['apt', 'passwd', 'usr-is-merged'],
} as const satisfies Record<keyof typeof marks, readonly string[]>;

/** The newest version is what counts, when an older one was marked otherwise. */
const isIn = ({ essential, priority, name }: PackageRecord, set: keyof typeof besides): boolean =>
  essential || (set === 'minbase' && priority === 'required') || besides[set].some(one => one === name);

function* namesIn(table: StanzaTable): Generator<readonly [string, Place]> {
  const field = 'Package: ';
  for (const place of table.lines(field)) yield [table.restOfLine(place + field.length), place];
}

function* providedIn(table: StanzaTable): Generator<readonly [string, Place]> {
  const field = 'Provides: ';
  for (const place of table.lines(field)) {
    for (const provided of table.restOfLine(place + field.length).split(',')) yield [nameIn(provided), place];
  }
}

/** Before a version in parentheses: `libfoo (= 1.2)`. */
const nameIn = (provided: string): string => provided.trim().split(/[ (]/, 1)[0] ?? '';

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
