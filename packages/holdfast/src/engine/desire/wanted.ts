import type { Address } from '../../model/address.ts';
import { address } from '../../model/address.ts';
import type { Resource } from '../../model/resource.ts';
import { addressOf } from '../../model/resource.ts';
import type { ProbeSpec } from '../../model/spec/service-spec.ts';
import type { Seen } from '../../ports/provider.ts';

/** One object that the model asks for, before it is known which object on the engine it is. */
export interface Wanted {
  readonly address: Address;
  /** The resource that asks for it. */
  readonly of: Address;
  readonly kind: string;
  readonly engine: string;
  /** Addresses that it had before. */
  readonly formerly: readonly Address[];
  /** Resources that must be ready before it. */
  readonly needs: readonly Address[];
  readonly order: 'start-first' | 'stop-first';
  readonly role: Role;
  /** What it is to be, once it is settled who it is. */
  spec(being: Being): unknown;
}

/** What the planner does with it besides making it so. */
export type Role =
  | { readonly is: 'thing' }
  | { readonly is: 'server'; readonly probe?: ProbeSpec; readonly answersTo?: string }
  | { readonly is: 'task'; readonly timeout: number }
  /** Somebody else starts it. */
  | { readonly is: 'scheduled'; readonly every: string };

/** Who an object is: one that is there, or one that will be. */
export interface Being {
  readonly uid: string;
  readonly bornAs: Address;
  /** As it is now, when it is there. */
  readonly seen?: Seen;
  /** The one whose place it takes. */
  readonly predecessor?: Seen;
}

type Slot = (name: string) => Address;

export function wantedAs(
  resource: Resource,
  kind: string,
  slot: Slot,
): Pick<Wanted, 'address' | 'of' | 'kind' | 'engine' | 'formerly' | 'needs'> {
  return {
    address: slot(resource.name),
    of: addressOf(resource),
    kind,
    engine: resource.engine,
    formerly: (resource.movedFrom ?? []).map(slot),
    needs: resource.needs,
  };
}

export const slotOf =
  (kind: string, suffix = ''): Slot =>
  name =>
    address(kind, `${name}${suffix}`);
