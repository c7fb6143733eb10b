import { compareVersions } from './version.ts';

export type Operator = '<<' | '<=' | '=' | '>=' | '>>';

/** One name of a field such as Depends, with what is asked of it. */
export interface Relation {
  readonly name: string;
  /** `any`, `native`, or an architecture. */
  readonly qualifier?: string;
  readonly version?: { readonly operator: Operator; readonly than: string };
}

/** Several of which one is enough: `a | b`. */
export type Alternatives = readonly Relation[];

/** Reads the value of Depends, Conflicts, Provides and their like, as in deb-control(5). What can't be read is left out. */
export function parseRelations(field: string): readonly Alternatives[] {
  if (field === '') return [];
  return field
    .split(',')
    .map(group => group.split('|').flatMap(parseRelation))
    .filter(group => group.length > 0);
}

const form =
  /^\s*(?<name>[^\s:(]+)(?::(?<qualifier>[^\s(]+))?\s*(?:\(\s*(?<operator><<|<=|=|>=|>>|<|>)\s*(?<than>[^\s)]+)\s*\))?\s*$/;

function parseRelation(text: string): Relation[] {
  const { name, qualifier, operator, than } = form.exec(text)?.groups ?? {};
  if (name === undefined) return [];
  const version = operator !== undefined && than !== undefined && { operator: modern(operator), than };
  return [{ name, ...(qualifier !== undefined && { qualifier }), ...(version && { version }) }];
}

/** `<` and `>` once meant `<=` and `>=`, and do still. */
function modern(operator: string): Operator {
  if (operator === '<' || operator === '>') return `${operator}=`;
  return operator as Operator;
}

/** Whether a version is what a relation asks for. One that has none, as of an unversioned Provides, is never. */
export function isMetBy(relation: Relation, version: string | undefined): boolean {
  if (relation.version === undefined) return true;
  if (version === undefined) return false;
  return holds[relation.version.operator](compareVersions(version, relation.version.than));
}

const holds: Readonly<Record<Operator, (order: number) => boolean>> = {
  '<<': order => order < 0,
  '<=': order => order <= 0,
  '=': order => order === 0,
  '>=': order => order >= 0,
  '>>': order => order > 0,
};

/** As people write it: `libc6 (>= 2.36)`. */
export function relationText({ name, qualifier, version }: Relation): string {
  const arch = qualifier === undefined ? '' : `:${qualifier}`;
  return `${name}${arch}${version ? ` (${version.operator} ${version.than})` : ''}`;
}
