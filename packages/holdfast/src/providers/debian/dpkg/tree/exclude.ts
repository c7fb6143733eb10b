/**
 * Whether an absolute path is left out, by the rules of dpkg's `path-exclude`: fnmatch(3) without flags, so that `*`
 * and `?` take a slash too.
 */
export function excluding(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  const pattern = new RegExp(`^(?:${globs.map(patternOf).join('|')})$`, 's');
  return path => pattern.test(path);
}

const patternOf = (glob: string): string =>
  glob.replace(/\\(.)|\[([!^]?)(\]?[^\]]*)\]|\*|\?|[.+^${}()|[\]\\/]/gs, (part, escaped, negation, set) => {
    if (escaped !== undefined) return quoted(escaped);
    if (set !== undefined) return `[${negation ? '^' : ''}${set.replace(/[\\\]^[]/g, '\\$&')}]`;
    return part === '*' ? '.*' : part === '?' ? '.' : quoted(part);
  });

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Where dpkg inside the image reads the same rules, for what is installed later. */
export const rulesFile = 'etc/dpkg/dpkg.cfg.d/holdfast';

export function rulesText(globs: readonly string[], below: string): string {
  const lines = [...below.split('\n').filter(line => line !== ''), ...globs.map(glob => `path-exclude=${glob}`)];
  return [...new Set(lines)]
    .sort()
    .map(line => `${line}\n`)
    .join('');
}
