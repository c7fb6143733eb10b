import { plural } from '../../../kit/layout.ts';
import type { FaultSpec } from '../../../model/spec/promise-spec.ts';
import { type Line, lengthOf } from '../page/inline.ts';
import { type Around, link } from './around.ts';

/** What a promise survives, with a link to what it happens to. */
export function faultLine(fault: FaultSpec, around: Around): Line {
  const of = link(fault.of, around);
  if (fault.type === 'outage') return ['an outage of ', of];
  if (fault.type === 'loss') return [`the loss of ${plural(fault.instances, 'instance')} of `, of];
  return ['a failover of ', of, ` within ${lengthOf(fault.within)}, ${lossWords(fault.losing)}`];
}

/** How much of the newest data may be gone. */
export const lossWords = (losing: number): string =>
  losing === 0 ? 'losing nothing' : `losing ${lengthOf(losing)} at most`;
