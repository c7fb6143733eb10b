import { iso } from '../../../../kit/clock.ts';
import { Problem } from '../../../../kit/problem.ts';
import type { Release } from './release.ts';
import { tolerance } from './signed-text.ts';

/** What a signed Release is held to: a signature tells who made it, and not whether it is the one that was asked for. */
export interface Expectation {
  readonly suite: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The date of the last one that was seen of this suite, if any. */
  readonly seen?: number | undefined;
  /** For the Problem. */
  readonly where: string;
  /** Where the date that was seen is kept, for the Problem. */
  readonly memory: string;
}

/** Throws a Problem for an index of another suite, one that is past its time, one of the future, and one older than the last. */
export function holdTo(release: Release, { suite, now, seen, where, memory }: Expectation): void {
  const { date, validUntil, codename } = release;
  const refuse = (why: string, fix: string): never => {
    throw new Problem({ what: `the index of ${suite} is refused`, where, why, fix });
  };
  if (suite !== release.suite && suite !== codename)
    refuse(`it is that of ${codename || release.suite}, though soundly signed`, 'Use another mirror');
  if (date > now + tolerance)
    refuse(`it is dated ${iso(date)}, and it is ${iso(now)} here`, "Set this machine's clock, or use another mirror");
  if (validUntil !== undefined && validUntil < now)
    refuse(
      `it was valid until ${iso(validUntil)}, and it is ${iso(now)} here: updates since then would be withheld`,
      "Use a mirror that is up to date, or set this machine's clock",
    );
  if (seen !== undefined && date < seen)
    refuse(
      `it is dated ${iso(date)}, and one of ${iso(seen)} was seen before: a mirror must not go back`,
      `Use another mirror. Where going back is meant, remove ${memory}`,
    );
}
