import { spelled } from './text/printable.ts';

/** An element, or a text in one. */
export type Xml = string | Element;

interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly inside: readonly Xml[];
}

export const element = (tag: string, attributes: Element['attributes'], inside: readonly Xml[] = []): Element => ({
  tag,
  attributes,
  inside,
});

/** An element a line; what has a text in it is on the lines of that text. */
export function textOf({ tag, attributes, inside }: Element, indent = ''): readonly string[] {
  const pairs = Object.entries(attributes).map(([name, value]) => ` ${name}="${inAttribute(String(value))}"`);
  const open = `${indent}<${tag}${pairs.join('')}`;
  const texts = inside.filter(part => typeof part === 'string');
  if (inside.length === 0) return [`${open}/>`];
  if (texts.length > 0) return [`${open}>${texts.map(inText).join('')}</${tag}>`];
  const elements = inside.filter(part => typeof part !== 'string');
  return [`${open}>`, ...elements.flatMap(part => textOf(part, `${indent}  `)), `${indent}</${tag}>`];
}

/** XML 1.0 has no way at all to say these, not even as references. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** As references, what a parser would take for markup, or would not give back as it stands. */
const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

const allowed = (text: string): string => text.toWellFormed().replaceAll(forbidden, spelled);

const referred = (char: string): string => references[char] ?? char;

const inAttribute = (text: string): string => allowed(text).replaceAll(/[&<>"\t\n\r]/g, referred);

const inText = (text: string): string => allowed(text).replaceAll(/[&<>\r]/g, referred);
