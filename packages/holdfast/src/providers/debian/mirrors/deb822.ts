/** Fields by name in small letters. Continuation lines stay, each after a line break. */
export type Stanza = ReadonlyMap<string, string>;

/** Paragraphs of fields, as deb822(5) describes them. Lines that begin with `#` are comments, wherever they stand. */
export function stanzas(text: string): readonly Stanza[] {
  return text
    .split(/\r?\n/)
    .filter(line => !line.startsWith('#'))
    .join('\n')
    .split(/\n(?:[ \t]*\n)+/)
    .map(fields)
    .filter(stanza => stanza.size > 0);
}

const fields = (paragraph: string): Stanza =>
  new Map(
    [...paragraph.matchAll(/^([^\s:][^:\n]*):(.*(?:\n[ \t].*)*)/gm)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      value.trim(),
    ]),
  );
