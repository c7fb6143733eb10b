import type { Destructions } from '../plan/plan-input.ts';

/** Nothing was named to be destroyed. */
export const noDestructions: Destructions = {
  scheduled: new Map(),
  now: 0,
  overdueGoes: false,
  calledOff: new Set(),
};
