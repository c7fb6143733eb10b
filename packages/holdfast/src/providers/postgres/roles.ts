import type { Scope } from '../../model/identity.ts';
import type { RoleDesire } from '../../ports/desires.ts';
import type { Desired, Provider, Seen } from '../../ports/provider.ts';
import type { Reveal } from '../../ports/secrets.ts';
import { onlyOurs, refuseReplacement, vanished } from './ours.ts';
import { knownName, type RoleState, roleDifferences, seenRole } from './role/differences.ts';
import { removeRole } from './role/remove.ts';
import { creation, mending } from './role/statements.ts';
import type { Clusters, Reading } from './server/clusters.ts';
import type { Overview } from './server/overview.ts';

/** Roles inside of the clusters of one engine: those that own things, and those that log in. */
export function postgresRoles(
  clusters: Clusters,
  engine: string,
  scope: Scope,
  reveal: Reveal,
): Provider<RoleDesire, RoleState> {
  const seenIn = (reading: Omit<Reading, 'askEach'>): readonly Seen<RoleState>[] =>
    reading.overview.roles.map(found => seenRole(found, reading, engine, scope));
  const differences: Provider<RoleDesire, RoleState>['differences'] = (desired, seen) =>
    roleDifferences(desired, seen, reveal);
  return {
    kind: 'role',

    observe: async () => (await clusters.observe()).flatMap(seenIn),

    differences,

    async ensure(desired, _seen, signal) {
      const cluster = desired.spec.cluster;
      return clusters.atPrimary(cluster, signal, async primary => {
        const look = (overview: Overview) => pick(desired, seenIn({ cluster, within: [], overview }), reveal);
        const found =
          look(primary.overview) ?? look(await primary.settle(creation(desired, scope, reveal))) ?? vanished(desired);
        const seen = onlyOurs(desired, found);
        refuseReplacement(desired, differences(desired, seen));
        const change = mending(desired, seen, scope, reveal);
        return change === '' ? seen : (look(await primary.settle(change)) ?? vanished(desired));
      });
    },

    async remove({ id, state: { cluster } }, signal) {
      if (!(await clusters.has(cluster))) return;
      await clusters.atPrimary(cluster, signal, async primary => {
        const seen = seenIn({ cluster, within: [], overview: primary.overview }).find(one => one.id === id);
        if (seen) await removeRole(primary, seen);
      });
    },
  };
}

/** The one that is it already; else the one that has its name. */
const pick = (desired: Desired<RoleDesire>, all: readonly Seen<RoleState>[], reveal: Reveal) =>
  all.find(({ birth }) => birth?.uid === desired.uid) ??
  all.find(({ name }) => name === knownName(desired.spec, reveal));
