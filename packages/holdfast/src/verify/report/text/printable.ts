/**
 * What a terminal, a log or a line of text would obey instead of showing: control characters, separators of lines, and
 * marks that turn the direction of writing.
 */
const unseen = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu;

const names: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** `\n` `\x1b` `\u2028`: a character as people write it. */
export function spelled(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return names[char] ?? (code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);
}

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

/** A text on one line that does nothing but be read. What is half of a character becomes U+FFFD. */
export const printable = (text: string): string => text.toWellFormed().replaceAll(unseen, spelled);

/** The same, with the line breaks that it has. */
export const printableLines = (text: string): readonly string[] => text.split(/\r?\n/).map(printable);
