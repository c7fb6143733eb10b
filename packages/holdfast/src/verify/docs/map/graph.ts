import type { Address } from '../../../model/address.ts';
import type { Status } from '../../promise/reason.ts';

/** What depends on what, to be drawn. Plain data. */
export interface Graph {
  readonly title: string;
  /** The same in a sentence, for who does not see it. */
  readonly description: string;
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

export interface Node {
  readonly of: Address;
  /** `service`, as it is told above the name. */
  readonly kind: string;
  readonly name: string;
  readonly state?: Status;
  /** Whether the page is about it. */
  readonly isSubject?: boolean;
}

/** `from` depends on `to`. */
export interface Edge {
  readonly from: Address;
  readonly to: Address;
}
