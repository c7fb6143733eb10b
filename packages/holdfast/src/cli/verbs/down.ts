import { down as goDown } from '../../flow.ts';
import { type ActingOptions, act } from '../acting/act.ts';
import { doomed } from '../acting/consent.ts';
import type { Verb } from '../call.ts';

export interface DownOptions extends ActingOptions {
  readonly data?: boolean;
  readonly confirm?: string;
}

/** Takes the environment away. Its data stays, unless that is asked for and the environment's name is typed. */
export const down: Verb<DownOptions> = call => {
  const { data = false, confirm } = call.options;
  return act(call, {
    name: 'down',
    question: 'Take all of this away?',
    typed: (planned, { environment }) => ({
      names: doomed(planned, []).length > 0 && confirm !== environment ? [environment] : [],
      option: '--confirm',
    }),
    work: stage => goDown(stage, data),
  });
};
