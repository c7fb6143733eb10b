import { rollback as goBack } from '../../flow.ts';
import { type ActingOptions, act } from '../acting/act.ts';
import { doomed } from '../acting/consent.ts';
import type { Verb } from '../call.ts';

/** The same path as `up`, toward an older release: the one before, or the one that is named. */
export const rollback: Verb<ActingOptions, [release?: string]> = (call, release) =>
  act(call, {
    name: 'rollback',
    question: 'Go back to this?',
    typed: planned => ({ names: doomed(planned, []), option: '--destroy' }),
    work: stage => goBack(stage, release),
  });
