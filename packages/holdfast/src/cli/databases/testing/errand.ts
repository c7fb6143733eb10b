import type { Scope } from '../../../model/identity.ts';
import type { Desired } from '../../../ports/provider.ts';

/** What `ensuring.ts` is told. */
export interface Errand {
  readonly scope: Scope;
  readonly desired: readonly Desired[];
  readonly secrets: readonly (readonly [name: string, value: string])[];
}
