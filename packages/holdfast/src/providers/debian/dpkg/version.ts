/** Below 0 when the first version is the older one: deb-version(7). */
export function compareVersions(one: string, other: string): number {
  const [first, second] = [partsOf(one), partsOf(other)];
  return (
    first.epoch - second.epoch ||
    compareParts(first.upstream, second.upstream) ||
    compareParts(first.revision, second.revision)
  );
}

function partsOf(version: string): { epoch: number; upstream: string; revision: string } {
  const [, epoch = '0', rest = ''] = /^(?:(\d+):)?(.*)$/.exec(version) ?? [];
  const dash = rest.lastIndexOf('-');
  return {
    epoch: Number(epoch),
    upstream: dash < 0 ? rest : rest.slice(0, dash),
    revision: dash < 0 ? '' : rest.slice(dash + 1),
  };
}

/** Runs of other characters and of digits by turns. */
const runs = (part: string): readonly string[] => part.split(/(\d+)/);

function compareParts(one: string, other: string): number {
  const [first, second] = [runs(one), runs(other)];
  for (let at = 0; at < Math.max(first.length, second.length); at += 1) {
    const [a, b] = [first[at] ?? '', second[at] ?? ''];
    const difference = at % 2 === 1 ? Number(BigInt(a || 0) - BigInt(b || 0)) : compareWords(a, b);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A tilde comes before the end, letters before everything else. */
const weight = (character: string | undefined): number => {
  if (character === '~') return -1;
  if (character === undefined) return 0;
  return /[A-Za-z]/.test(character) ? character.charCodeAt(0) : character.charCodeAt(0) + 256;
};

function compareWords(one: string, other: string): number {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const difference = weight(one[at]) - weight(other[at]);
    if (difference !== 0) return difference;
  }
  return 0;
}
