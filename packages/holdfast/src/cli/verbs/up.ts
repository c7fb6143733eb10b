import { resolve } from 'node:path';
import { up as goUp, upPlanned } from '../../flow.ts';
import { type ActingOptions, act } from '../acting/act.ts';
import { doomed } from '../acting/consent.ts';
import type { Verb } from '../call.ts';

export interface UpOptions extends ActingOptions {
  readonly plan?: string;
  readonly destroy?: readonly string[];
  readonly grace?: boolean;
}

/** Makes the world as declared, or exactly as a saved plan says. */
export const up: Verb<UpOptions> = call => {
  const { plan, destroy = [], grace = true } = call.options;
  return act(call, {
    name: 'up',
    question: 'Apply this plan?',
    typed: planned => ({ names: doomed(planned, destroy), option: '--destroy' }),
    work: stage =>
      plan === undefined
        ? goUp(stage, { destroy: new Set(destroy), grace })
        : upPlanned(stage, resolve(call.outside.cwd, plan)),
  });
};
