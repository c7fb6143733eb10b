/** One thing that was looked at before an image is sealed. */
export interface Examined {
  /** `/app/server.js has mode 0644`. */
  readonly sentence: string;
  /** The name of the check that says it; absent where it follows from the declaration itself. */
  readonly check?: string;
  readonly ok: boolean;
  readonly expected?: string;
  readonly found?: string;
  readonly milliseconds: number;
}

/** Looks, and measures how long that took. */
export async function timed(
  sentence: string,
  look: () => Promise<Omit<Examined, 'sentence' | 'milliseconds'>> | Omit<Examined, 'sentence' | 'milliseconds'>,
): Promise<Examined> {
  const startedAt = performance.now();
  const seen = await look();
  return { sentence, ...seen, milliseconds: Math.round(performance.now() - startedAt) };
}
