import { Problem } from '../../../../kit/problem.ts';
import { stanzas } from '../../mirrors/deb822.ts';

/** What an archive says of one suite (the Release file; DebianRepository/Format in Debian's wiki). */
export interface Release {
  readonly suite: string;
  readonly codename: string;
  /** Milliseconds since 1970. */
  readonly date: number;
  readonly validUntil?: number;
  readonly byHash: boolean;
  /** By path relative to the suite's folder: `main/binary-amd64/Packages.xz`. */
  readonly files: ReadonlyMap<string, ReleaseFile>;
}

export interface ReleaseFile {
  /** In hex. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
}

/** Reads the text of a Release file; `where` is for the Problem that it throws for what is none. */
export function readRelease(text: string, where: string): Release {
  const [fields] = stanzas(text);
  const field = (name: string): string => fields?.get(name) ?? '';
  const date = timeOf(field('date'));
  if (date === undefined) throw malformed(where, `its Date reads '${field('date')}'`);
  const until = field('valid-until');
  const validUntil = until ? timeOf(until) : undefined;
  if (until && validUntil === undefined) throw malformed(where, `its Valid-Until reads '${until}'`);
  return {
    suite: field('suite'),
    codename: field('codename'),
    date,
    ...(validUntil !== undefined && { validUntil }),
    byHash: field('acquire-by-hash').toLowerCase() === 'yes',
    files: filesIn(field('sha256')),
  };
}

/** As in RFC 1123, in UTC: `Sat, 11 Jul 2026 10:16:37 UTC`. */
function timeOf(text: string): number | undefined {
  const time = /^\w{3}, +\d{1,2} \w{3} \d{4} \d{2}:\d{2}:\d{2} (UTC|GMT|\+0000)$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

const filesIn = (list: string): ReadonlyMap<string, ReleaseFile> =>
  new Map(
    [...list.matchAll(/^\s*([0-9a-f]{64})\s+(\d+)\s+(\S+)$/gm)].map(([, sha256 = '', size, path = '']) => [
      path,
      { sha256, size: Number(size) },
    ]),
  );

const malformed = (where: string, why: string): Problem =>
  new Problem({ what: "an index of Debian packages can't be read", where, why, fix: 'Use another mirror' });
