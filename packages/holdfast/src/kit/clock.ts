/** The time, in milliseconds since 1970-01-01T00:00:00Z. A parameter everywhere, so that a test can hold the clock. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** For people, wherever they are: `2026-12-07 16:05 UTC`. */
export const spellMinute = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;
