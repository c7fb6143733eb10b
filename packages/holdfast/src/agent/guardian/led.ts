import type { Member } from '../../ports/warden.ts';
import { ofCluster } from './attend.ts';
import type { Hands } from './perform.ts';
import type { Led } from './sight.ts';

/**
 * Who leads, if it is one of the members that were there before: it is the same container after the reading. Undefined
 * where nobody leads, or somebody else does.
 */
export async function whoLeads(
  cluster: string,
  { warden, leadership }: Pick<Hands, 'warden' | 'leadership'>,
  members: readonly Member[],
): Promise<Led | undefined> {
  const leader = await leadership.read();
  const before = members.find(({ name, life }) => name === leader?.member && life === 'alive');
  if (!leader || !before) return undefined;
  const member = ofCluster(cluster, await warden.look()).find(({ id, life }) => id === before.id && life === 'alive');
  return member && { member, revision: leader.revision };
}
