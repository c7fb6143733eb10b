import * as z from 'zod/mini';
import { members } from '../declaration/rule.ts';
import { absolutePath } from '../rules.ts';
import { make, type Step } from './steps.ts';

export interface HoldfastOptions {
  /** Absolute path in the image that the package appears at. Default `'/opt/holdfast'`. */
  readonly to?: string;
}

const holdfastSchema = members({ options: members({ to: z.optional(absolutePath) }) });

/**
 * Adds the command that this is written for, `holdfast`, in the version that bakes the image. It needs `nodejs('24')` and
 * nothing else.
 */
export function holdfast(options: HoldfastOptions = {}): Step {
  return make(holdfastSchema, { options }, 'holdfast', holdfast, () => ({
    do: 'holdfast',
    to: options.to ?? '/opt/holdfast',
  }));
}
