/** A part of what was printed, up to the next mark. */
interface Section {
  /** What stands behind the mark in its line. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** What a script of ours printed, by the names of its sections. */
export interface Sections {
  bytes(name: string): Buffer | undefined;
  text(name: string): string | undefined;
  /** All whose name begins with these words: the rest of the name, and the bytes. */
  all(words: string): readonly (readonly [rest: string, bytes: Buffer])[];
  /** What is in those that directly follow the one of a name, and begin with a word: the rest of the line, and the bytes. */
  following(name: string, word: string): readonly (readonly [rest: string, bytes: Buffer])[];
}

/** Takes what was printed apart at the marks. What is before the first is nobody's. */
export function sectionsOf(printed: Buffer, mark: string): Sections {
  const all = [...split(printed, `${mark} `)];
  const begins = (section: Section, words: string) => section.name === words || section.name.startsWith(`${words} `);
  const told = (section: Section, words: string) => [section.name.slice(words.length + 1), section.bytes] as const;
  const find = (name: string) => all.find(section => section.name === name)?.bytes;
  return {
    bytes: find,
    all: words => all.filter(section => begins(section, words)).map(section => told(section, words)),
    text: name => find(name)?.toString('utf8'),
    following(name, word) {
      const rest = all.slice(all.findIndex(section => section.name === name) + 1);
      const end = rest.findIndex(section => !begins(section, word));
      return rest.slice(0, end).map(section => told(section, word));
    },
  };
}

function* split(printed: Buffer, begin: string): Generator<Section> {
  for (let at = printed.indexOf(begin); at >= 0; ) {
    const next = printed.indexOf(begin, at + begin.length);
    yield sectionAt(printed.subarray(at + begin.length, next < 0 ? undefined : next));
    at = next;
  }
}

function sectionAt(bytes: Buffer): Section {
  const end = bytes.indexOf(0x0a);
  const cut = end < 0 ? bytes.length : end;
  return { name: bytes.toString('utf8', 0, cut), bytes: bytes.subarray(cut + 1) };
}
