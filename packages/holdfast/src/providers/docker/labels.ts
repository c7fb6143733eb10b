import { Problem } from '../../kit/problem.ts';
import type { Address } from '../../model/address.ts';
import { labels, type Scope } from '../../model/identity.ts';
import type { Birth, Desired, Difference, Seen } from '../../ports/provider.ts';

/** On all that a workshop puts on an engine for the moment: nobody's concern. */
export const workshopLabel = 'holdfast.workshop';

export const isOfWorkshop = ({ Labels }: { readonly Labels?: Labels | null | undefined }): boolean =>
  Labels?.[workshopLabel] !== undefined;

/** On the volume of the files that an instance has read-only: by its uid. It belongs to that instance. */
export const filesLabel = 'holdfast.files';

/** On the servers of a database cluster: its name. */
export const clusterLabel = 'holdfast.cluster';

export type Labels = Readonly<Record<string, string>>;

/** What an object of ours carries on its engine for life. */
export const stamp = (desired: Desired, scope: Scope): Record<string, string> => ({
  [labels.uid]: desired.uid,
  [labels.kind]: desired.kind,
  [labels.system]: scope.system,
  [labels.environment]: scope.environment,
  [labels.bornAs]: desired.address,
});

const isAddress = (text: string): text is Address => text.includes('/');

/** Who an object of the kind is, when it is of the scope. */
export function birthOf(kind: string, found: Labels | null | undefined, scope: Scope): Birth | undefined {
  const { [labels.uid]: uid, [labels.bornAs]: bornAs } = found ?? {};
  if (!(found && uid && bornAs && isAddress(bornAs)) || found[labels.kind] !== kind) return undefined;
  const isInScope = found[labels.system] === scope.system && found[labels.environment] === scope.environment;
  return isInScope ? { uid, bornAs } : undefined;
}

/** Whose an object that is not of the scope is, and its description with that. One without our labels is nobody's. */
export function strangerOf(
  kind: string,
  found: Labels | null | undefined,
  about: string,
): Pick<Seen, 'owner' | 'about'> {
  const owner = ownerOf(kind, found);
  return owner ? ofOther(owner, about) : { about };
}

export const ofOther = (owner: Scope, about: string): Required<Pick<Seen, 'owner' | 'about'>> => ({
  owner,
  about: `${about} of system ${owner.system}, environment ${owner.environment}`,
});

function ownerOf(kind: string, found: Labels | null | undefined): Scope | undefined {
  const { [labels.system]: system, [labels.environment]: environment } = found ?? {};
  return found?.[labels.kind] === kind && system && environment ? { system, environment } : undefined;
}

/** The filter that finds one object by its uid. */
export const withUid = (uid: string): { label: string[] } => ({ label: [`${labels.uid}=${uid}`] });

/** Refuses to bring in line what another object must take the place of. */
export function refuseReplacement(desired: Desired, differences: readonly Difference[]): void {
  const first = differences.find(difference => difference.mend === 'replace');
  if (!first) return;
  throw new Problem({
    what: `${desired.kind} ${desired.name} can't be changed as it stands`,
    why: `${first.aspect}: found ${first.found}, wanted ${first.wanted}; that is settled when it is created`,
    fix: 'plan again: another must take its place',
  });
}
