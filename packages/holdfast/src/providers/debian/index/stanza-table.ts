/** A Packages file in memory, and the suite that it belongs to. */
export interface PackagesPart {
  readonly suite: string;
  readonly bytes: Buffer;
}

/** A byte of several Packages files, counted through all of them. */
export type Place = number;

export interface Stanza {
  readonly start: Place;
  readonly text: string;
  readonly suite: string;
}

/** The stanzas of several Packages files, which stay as they are: as objects they would take 200 MB. */
export interface StanzaTable {
  /** Each place at which a line begins with this text, such as `Essential: yes`. */
  lines(text: string): Generator<Place>;
  /** From a place to the end of its line. */
  restOfLine(place: Place): string;
  stanzaAround(place: Place): Stanza;
}

const lineBreak = 0x0a;
const blankLine = '\n\n';

export function stanzaTable(parts: readonly PackagesPart[]): StanzaTable {
  const bases = parts.map((_, at) => parts.slice(0, at).reduce((total, { bytes }) => total + bytes.length, 0));
  const partAt = (place: Place) => {
    const at = bases.findLastIndex(base => base <= place);
    return { ...(parts[at] ?? nothing), base: bases[at] ?? 0 };
  };
  return {
    *lines(text) {
      for (const [part, { bytes }] of parts.entries())
        for (const at of linesIn(bytes, text)) yield (bases[part] ?? 0) + at;
    },
    restOfLine(place) {
      const { bytes, base } = partAt(place);
      const stop = bytes.indexOf(lineBreak, place - base);
      return bytes.toString('latin1', place - base, stop < 0 ? bytes.length : stop);
    },
    stanzaAround(place) {
      const { bytes, base, suite } = partAt(place);
      const before = bytes.lastIndexOf(blankLine, place - base);
      const after = bytes.indexOf(blankLine, place - base);
      const start = before < 0 ? 0 : before + blankLine.length;
      return { start: base + start, text: bytes.toString('utf8', start, after < 0 ? bytes.length : after), suite };
    },
  };
}

const nothing: PackagesPart = { suite: '', bytes: Buffer.alloc(0) };

function* linesIn(bytes: Buffer, text: string): Generator<number> {
  const wanted = Buffer.from(`\n${text}`);
  if (bytes.subarray(0, text.length).equals(wanted.subarray(1))) yield 0;
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) yield at + 1;
}
