import type { PackageRecord } from '../index/package-record.ts';
import { type Alternatives, parseRelations } from './relation.ts';

/** What a version of a package asks of others: that one of these is there, or that one isn't. */
export interface Need {
  readonly field: 'Pre-Depends' | 'Depends' | 'Conflicts' | 'Breaks';
  readonly of: PackageRecord;
  /** Of a conflict: exactly one. */
  readonly oneOf: Alternatives;
}

export const isConflict = ({ field }: Need): boolean => field === 'Conflicts' || field === 'Breaks';

/** In the order in which apt goes through them. */
export function needsOf(record: PackageRecord): readonly Need[] {
  const wants = (field: Need['field'], value: string) =>
    parseRelations(value).map((oneOf): Need => ({ field, of: record, oneOf }));
  const refuses = (field: Need['field'], value: string) =>
    parseRelations(value).flatMap(group => group.map((relation): Need => ({ field, of: record, oneOf: [relation] })));
  return [
    ...wants('Pre-Depends', record.preDepends),
    ...wants('Depends', record.depends),
    ...refuses('Conflicts', record.conflicts),
    ...refuses('Breaks', record.breaks),
  ];
}
