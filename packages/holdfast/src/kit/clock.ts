/** The time, in milliseconds since 1970-01-01T00:00:00Z. A parameter everywhere, so that a test can hold the clock. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
