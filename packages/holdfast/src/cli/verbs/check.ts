import type { CommonOptions, Verb } from '../call.ts';
import { workingWith } from '../ground/looking.ts';

export const formats = ['documentation', 'junit', 'tap', 'json', 'github'] as const;
export type Format = (typeof formats)[number];

export interface CheckOptions extends CommonOptions {
  readonly format?: Format;
  readonly out?: string;
  readonly all?: boolean;
  readonly prove?: boolean;
}

/** Looks whether what is said of what runs is so, and tells it as a page, or as other tools read it. */
export const check: Verb<CheckOptions, [asked: readonly string[]]> = (call, asked) =>
  workingWith(call, async () => (await import('../checking/checked.ts')).checked(call, asked));
