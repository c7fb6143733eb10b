interface Version {
  readonly epoch: string;
  readonly upstream: string;
  readonly revision: string;
}

/** Which of two versions is newer, as Debian policy 5.6.12 has it: negative, 0 or positive. */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0;
  const [one, other] = [parse(a), parse(b)];
  return (
    compareDigits(one.epoch, other.epoch) ||
    comparePart(one.upstream, other.upstream) ||
    comparePart(one.revision, other.revision)
  );
}

function parse(text: string): Version {
  const colon = text.indexOf(':');
  const rest = text.slice(colon + 1);
  const dash = rest.lastIndexOf('-');
  return {
    epoch: colon < 0 ? '' : text.slice(0, colon),
    upstream: dash < 0 ? rest : rest.slice(0, dash),
    revision: dash < 0 ? '' : rest.slice(dash + 1),
  };
}

/** What isn't a number and what is, by turns: a number that is missing is 0. */
function comparePart(a: string, b: string): number {
  const [left, right] = [turns(a), turns(b)];
  for (let turn = 0; turn < Math.max(left.length, right.length); turn += 1) {
    const compare = turn % 2 === 0 ? compareWords : compareDigits;
    const order = compare(left[turn] ?? '', right[turn] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

const turns = (part: string): readonly string[] => part.split(/(\d+)/);

function compareWords(a: string, b: string): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const order = weight(a, at) - weight(b, at);
    if (order !== 0) return order;
  }
  return 0;
}

/** A tilde sorts before the end of a part, and letters before all else. */
function weight(word: string, at: number): number {
  if (at >= word.length) return 0;
  const code = word.charCodeAt(at);
  if (code === tilde) return -1;
  return isLetter(code) ? code : code + 256;
}

const tilde = 0x7e;
const isLetter = (code: number): boolean => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);

/** Of any length: dates with times don't fit a number exactly. */
function compareDigits(a: string, b: string): number {
  const [left, right] = [withoutZeros(a), withoutZeros(b)];
  if (left.length !== right.length) return left.length - right.length;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

const withoutZeros = (digits: string): string => digits.replace(/^0+/, '');
