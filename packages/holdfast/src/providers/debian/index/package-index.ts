import { compareVersions } from '../resolve/version.ts';
import type { PackageIndex, PackageRecord } from './package-record.ts';
import { placesByName } from './places-by-name.ts';
import { recordOf } from './stanza.ts';
import { type PackagesPart, type Place, type StanzaTable, stanzaTable } from './stanza-table.ts';

/** The index of what Packages files hold. A stanza becomes a record when it is asked for, and then the same one each time. */
export function packageIndex(parts: readonly PackagesPart[]): PackageIndex {
  const table = stanzaTable(parts);
  const packages = placesByName(namesIn(table));
  const providers = once(() => placesByName(providedIn(table)));
  const records = new Map<Place, PackageRecord>();
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
    named,
    providersOf: name => [...new Set(providers().of(name).map(recordAt))].filter(record => record.name !== name),
    inSet(set) {
      const names = new Set(marks[set].flatMap(mark => table.lines(mark).map(recordAt).map(nameOf).toArray()));
      if (set === 'minbase' && packages.of('apt').length > 0) names.add('apt');
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

/** The newest version is what counts, when an older one was marked otherwise. mmdebstrap's minbase has apt besides. */
const isIn = ({ essential, priority, name }: PackageRecord, set: 'essential' | 'minbase'): boolean =>
  essential || (set === 'minbase' && (priority === 'required' || name === 'apt'));

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
