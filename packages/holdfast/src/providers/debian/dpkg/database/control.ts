import { parseRelations } from '../../resolve/relation.ts';

/** The fields of a paragraph as they stand, in their order; a value keeps its line breaks. deb-control(5). */
export type Fields = ReadonlyMap<string, string>;

export function fieldsOf(paragraph: string): Fields {
  const fields = new Map<string, string>();
  for (const field of paragraph.trimEnd().split(/\n(?![ \t])/)) {
    const colon = field.indexOf(':');
    if (colon > 0) fields.set(field.slice(0, colon), field.slice(colon + 1).trim());
  }
  return fields;
}

export const paragraphsOf = (text: string): readonly string[] =>
  text.split(/\n{2,}/).filter(part => part.trim() !== '');

/** The order in which dpkg writes what it knows (fieldinfos in its lib/dpkg/parse.c); other fields follow as they came. */
const order = [
  'Package',
  'Essential',
  'Protected',
  'Status',
  'Priority',
  'Section',
  'Installed-Size',
  'Origin',
  'Maintainer',
  'Bugs',
  'Architecture',
  'Multi-Arch',
  'Source',
  'Version',
  'Replaces',
  'Provides',
  'Depends',
  'Pre-Depends',
  'Recommends',
  'Suggests',
  'Breaks',
  'Conflicts',
  'Enhances',
  'Conffiles',
  'Description',
];

const rank = (name: string): number => {
  const at = order.indexOf(name);
  return at < 0 ? order.length : at;
};

export const paragraphOf = (fields: Fields): string =>
  [...fields]
    .toSorted(([one], [other]) => rank(one) - rank(other))
    .map(([name, value]) => (value.startsWith('\n') ? `${name}:${value}\n` : `${name}: ${value}\n`))
    .join('');

/** Names of the packages in a field of relations, each alternative for itself. */
export const namesIn = (relations = ''): readonly string[] =>
  parseRelations(relations)
    .flat()
    .map(({ name }) => name);
