import type { FactDraft, StoredFact } from '../fact.ts';

/** A fact that a test can tell from others by its step. */
export const stepDone = (
  step: string,
  more: { system?: string; environment?: string; release?: string } = {},
): FactDraft => ({
  kind: 'step.done',
  system: 'shop',
  environment: 'local',
  ...more,
  payload: { step, milliseconds: 1 },
});

/** Of a kind that this version does not know. */
export const fromTheFuture = (kind: string): FactDraft =>
  ({ kind, system: 'shop', environment: 'local', payload: { hours: [1, 2] } }) as unknown as FactDraft;

export const stepOf = ({ payload }: StoredFact): string => (payload as { step: string }).step;
