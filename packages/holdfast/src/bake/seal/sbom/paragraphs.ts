/** One paragraph of a Debian control file: fields by name, with their further lines as they stand. */
export type Paragraph = Readonly<Record<string, string>>;

/** Reads paragraphs as in deb822(5): empty lines between them, and lines that go on begin with a space. */
export const paragraphs = (text: string): readonly Paragraph[] =>
  text
    .split(/\n(?:[ \t]*\n)+/)
    .map(paragraph)
    .filter(one => Object.keys(one).length > 0);

function paragraph(text: string): Paragraph {
  const fields: Record<string, string> = Object.create(null);
  let last: string | undefined;
  for (const line of text.split('\n')) {
    const [, name, value = ''] = /^([^\s:#][^\s:]*):[ \t]*(.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      fields[name] = value.trimEnd();
      last = name;
    } else if (last !== undefined && /^[ \t]/.test(line)) fields[last] += `\n${line.slice(1)}`;
  }
  return fields;
}
