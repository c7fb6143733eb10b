import { type Clock, iso } from '../../../../kit/clock.ts';
import { sha256 } from '../../../../kit/hash.ts';
import { asProblem, exitCode, Problem } from '../../../../kit/problem.ts';
import type { LockedSuite } from '../../../../ports/distribution.ts';
import type { Downloads } from '../../../../ports/downloads.ts';
import type { Keys } from '../../keys/debian-keys.ts';
import { type MirrorChoice, mirrorsOf, shown } from '../../mirrors/mirrors.ts';
import { type Release, readRelease } from './release.ts';
import { seenIn } from './seen.ts';
import { signedText } from './signed-text.ts';
import { holdTo } from './timely.ts';

/** A suite whose index was verified. */
export interface SignedSuite {
  readonly release: Release;
  readonly locked: LockedSuite;
  /** The one that served the index first, then the others that may have the suite's files. */
  readonly mirrors: readonly string[];
}

export interface SuiteGround extends MirrorChoice {
  readonly downloads: Downloads;
  /** Folder of the store; which dates were seen is kept in it. */
  readonly store: string;
  readonly clock: Clock;
  readonly keys: Keys;
}

/** The suite as the first mirror tells it that serves a sound index. Throws a Problem where none does. */
export async function signedSuite(suite: string, ground: SuiteGround, signal: AbortSignal): Promise<SignedSuite> {
  const mirrors = await mirrorsOf(suite, ground);
  const problems: Problem[] = [];
  for (const mirror of mirrors) {
    try {
      const found = await suiteAt(mirror, suite, ground, signal);
      return { ...found, mirrors: [mirror, ...mirrors.filter(other => other !== mirror)] };
    } catch (error) {
      signal.throwIfAborted();
      problems.push(asProblem(error));
    }
  }
  throw noneSound(suite, problems);
}

/** The largest that Debian has, that of sid, is 0.3 MB. */
const limit = 4_000_000;

async function suiteAt(
  mirror: string,
  suite: string,
  { downloads, store, clock, keys }: SuiteGround,
  signal: AbortSignal,
): Promise<Omit<SignedSuite, 'mirrors'>> {
  const url = `${mirror}/dists/${suite}/InRelease`;
  const where = shown(url);
  const bytes = await downloads.document({ about: `index of ${suite}`, urls: [url], limit }, signal);
  const release = readRelease(await signedText(bytes, keys, clock, where), where);
  const seen = seenIn(store, suite);
  holdTo(release, { suite, now: clock(), seen: await seen.date(), where, memory: seen.path });
  await seen.advance(release.date);
  return { release, locked: { suite, date: iso(release.date), sha256: sha256(bytes) } };
}

function noneSound(suite: string, problems: readonly Problem[]): Problem {
  const [only, ...more] = problems;
  if (only && more.length === 0) return only;
  return new Problem({
    what: `none of ${problems.length} mirrors serves a sound index of ${suite}`,
    fix: "Use another mirror, by HOLDFAST_DEBIAN_MIRROR or in this machine's apt sources",
    evidence: problems.map(({ message, parts }) => [parts.where, message, parts.why].filter(Boolean).join(': ')),
    exit: problems.every(({ exit }) => exit === exitCode.unreachable) ? exitCode.unreachable : exitCode.failed,
  });
}
