type Range = readonly [first: number, last?: number];

const among =
  (ranges: readonly Range[]) =>
  (letter: string): boolean => {
    const code = letter.codePointAt(0) ?? 0;
    return ranges.some(([first, last = first]) => code >= first && code <= last);
  };

/** Stringprep's "commonly mapped to nothing": RFC 3454, table B.1. */
const isNothing = among([
  [0xad],
  [0x34f],
  [0x1806],
  [0x180b, 0x180d],
  [0x200c, 0x200d],
  [0x2060],
  [0xfe00, 0xfe0f],
  [0xfeff],
]);

/** Spaces that are not ASCII: table C.1.2. */
const isSpace = among([[0xa0], [0x1680], [0x2000, 0x200b], [0x202f], [0x205f], [0x3000]]);

/** What may not be in it, of tables C.2 to C.9, besides what has no letter's class. */
const isProhibited = among([
  [0x340, 0x341],
  [0x6dd],
  [0x70f],
  [0x180e],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2061, 0x2063],
  [0x206a, 0x206f],
  [0x2ff0, 0x2ffb],
  [0xfff9, 0xfffd],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe007f],
]);
const hasNoLetter = /[\p{Cc}\p{Co}\p{Cs}\p{Cn}]/u;

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;

/**
 * A password as PostgreSQL and its clients hash it: SASLprep, RFC 4013. One that SASLprep does not take is hashed as it
 * stands, which is what they do too.
 */
export function prepared(password: string): string {
  const mapped = [...password].map(letter => (isSpace(letter) ? ' ' : isNothing(letter) ? '' : letter)).join('');
  const made = mapped.normalize('NFKC');
  return made === '' || !isAllowed(made) ? password : made;
}

const isAllowed = (text: string): boolean => !hasNoLetter.test(text) && ![...text].some(isProhibited) && !isMixed(text);

/** A text that reads from right to left does so at both of its ends, and has nothing of the other direction in it. */
function isMixed(text: string): boolean {
  if (!rightToLeft.test(text)) return false;
  const letters = [...text];
  return (
    /\p{Script=Latin}/u.test(text) || !rightToLeft.test(letters[0] ?? '') || !rightToLeft.test(letters.at(-1) ?? '')
  );
}
