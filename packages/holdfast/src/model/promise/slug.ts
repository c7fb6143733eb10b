/** The longest that a label may be. */
const longest = 63;

/**
 * The name of a promise: its sentence as an RFC 1123 label, cut between words. Undefined for one that has no word of
 * the letters a to z.
 */
export function slugOf(sentence: string): string | undefined {
  const plain = sentence.normalize('NFKD').replace(/[\u0300-\u036f'’]/g, '');
  const words = plain.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const first = words.findIndex(word => /^[a-z]/.test(word));
  return first < 0 ? undefined : fitting(words.slice(first));
}

function fitting([first = '', ...words]: readonly string[]): string {
  let slug = first.slice(0, longest);
  for (const word of words) {
    if (slug.length + 1 + word.length > longest) break;
    slug += `-${word}`;
  }
  return slug;
}
