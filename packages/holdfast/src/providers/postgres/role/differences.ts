import type { Scope } from '../../../model/identity.ts';
import { notYetGenerated, type RoleDesire } from '../../../ports/desires.ts';
import type { Desired, Difference, Seen } from '../../../ports/provider.ts';
import type { Reveal } from '../../../ports/secrets.ts';
import { identified } from '../birth.ts';
import { differing, elsewhere, limitWords } from '../ours.ts';
import { Verifier } from '../password/verifier.ts';
import type { Reading } from '../server/clusters.ts';
import type { FoundRole } from '../server/overview.ts';

export interface RoleState extends Pick<FoundRole, 'rights' | 'connectionLimit' | 'memberOf' | 'settings'> {
  readonly cluster: string;
  readonly name: string;
  readonly verifier?: Verifier;
  /** Left out: for ever. */
  readonly validUntil?: string;
}

/** What the role is to be called. Undefined as long as the password is not there that its name goes with. */
export function knownName({ name, login }: RoleDesire, reveal: Reveal): string | undefined {
  if (!login) return name;
  return login.name.seal === notYetGenerated ? undefined : reveal(login.name.value);
}

export const wantedRights = ({ login }: RoleDesire): readonly string[] => (login ? ['login'] : []);

/** What its sessions begin with: one that logs in acts as its group, so that what it makes belongs to that. */
export const wantedSettings = ({ login, memberOf: [group] }: RoleDesire): RoleState['settings'] =>
  login && group !== undefined ? [{ setting: `role=${group}`, database: null }] : [];

/** What is not as declared. Pure: a password is compared by what the server keeps of it. */
export function roleDifferences(
  { spec }: Desired<RoleDesire>,
  { state }: Seen<RoleState>,
  reveal: Reveal,
): readonly Difference[] {
  const [moved] = elsewhere(spec, state.cluster);
  if (moved) return [moved];
  const name = knownName(spec, reveal) ?? 'one that goes with a password that is still to be generated';
  // A role of another name is another role, whatever else is different.
  const renamed = differing('name', state.name, name, spec.login ? 'replace' : 'in-place');
  if (spec.login && renamed.length > 0) return renamed;
  return [
    ...renamed,
    ...differing('rights', listed(state.rights), listed(wantedRights(spec))),
    ...differing('connections', limitWords(state.connectionLimit), limitWords(spec.login?.connections)),
    ...differing('valid until', state.validUntil ?? 'none', 'none'),
    ...password(spec, state, reveal),
    ...differing('member of', listed(state.memberOf.map(memberWords)), listed(spec.memberOf.toSorted())),
    // Of a group they have no effect: no session begins as one.
    ...(spec.login ? differing('settings', settingWords(state.settings), settingWords(wantedSettings(spec))) : []),
  ];
}

function password({ login }: RoleDesire, { verifier }: RoleState, reveal: Reveal): readonly Difference[] {
  if (!login) return differing('password', verifier ? 'one' : 'none', 'none');
  const fits = verifier?.fits(reveal(login.password.value)) ?? false;
  return differing('password', fits ? 'the declared one' : verifier ? 'another one' : 'none', 'the declared one');
}

const listed = (words: readonly string[]): string => words.join(', ') || 'none';

const memberWords = ({ name, admin }: RoleState['memberOf'][number]): string => (admin ? `${name} with admin` : name);

const settingWords = (settings: RoleState['settings']): string =>
  listed(settings.map(({ setting, database }) => (database === null ? setting : `${setting} in database ${database}`)));

export function seenRole(
  { oid, name, comment, verifier, validUntil, rights, connectionLimit, memberOf, settings }: FoundRole,
  { cluster, within, overview }: Omit<Reading, 'askEach'>,
  engine: string,
  scope: Scope,
): Seen<RoleState> {
  const groups = new Set(memberOf.map(group => group.name));
  return {
    kind: 'role',
    engine,
    id: `${cluster}/role/${oid}`,
    name,
    state: {
      cluster,
      name,
      rights,
      connectionLimit,
      memberOf,
      settings,
      ...(verifier !== null && { verifier: new Verifier(verifier) }),
      ...(validUntil !== null && { validUntil }),
    },
    uses: overview.roles.filter(role => groups.has(role.name)).map(role => `${cluster}/role/${role.oid}`),
    within,
    ...identified('role', comment, scope, `role ${name} of cluster ${cluster}`),
  };
}
