/** How often the guardian starts one member: so many times in so long, each later than the one before. In milliseconds. */
const [most, window, first] = [5, 600_000, 1_000];

/**
 * When a member may be started again, in milliseconds since 1970; never, for now, where it fell too often. `starts` are
 * the times when it was started, in order. Pure.
 */
export function startableAt(starts: readonly number[], now: number): number {
  const recent = starts.filter(at => at > now - window);
  const [last] = recent.slice(-1);
  if (last === undefined) return 0;
  return recent.length < most ? last + first * 2 ** (recent.length - 1) : Number.POSITIVE_INFINITY;
}
