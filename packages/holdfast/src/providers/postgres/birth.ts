import type { Address } from '../../model/address.ts';
import { labels, type Scope } from '../../model/identity.ts';
import type { Desired, Seen } from '../../ports/provider.ts';

/** What an object of ours carries as its comment: what on an engine stands in labels. */
export const stamp = ({ uid, kind, address }: Desired, { system, environment }: Scope): string =>
  JSON.stringify({
    [labels.uid]: uid,
    [labels.kind]: kind,
    [labels.system]: system,
    [labels.environment]: environment,
    [labels.bornAs]: address,
  });

/** Who an object is, or whose. Neither, where no comment of ours is on it. */
export function identityOf(kind: string, comment: string | null, scope: Scope): Pick<Seen, 'birth' | 'owner'> {
  const {
    [labels.kind]: of,
    [labels.uid]: uid,
    [labels.bornAs]: bornAs,
    [labels.system]: system,
    [labels.environment]: environment,
  } = read(comment);
  if (of !== kind || !uid || !bornAs || !isAddress(bornAs) || !system || !environment) return {};
  const isOurs = system === scope.system && environment === scope.environment;
  return isOurs ? { birth: { uid, bornAs } } : { owner: { system, environment } };
}

/** The same, with what is said of it to people. */
export function identified(
  kind: string,
  comment: string | null,
  scope: Scope,
  about: string,
): Pick<Seen, 'birth' | 'owner' | 'about'> {
  const identity = identityOf(kind, comment, scope);
  const { owner } = identity;
  const of = owner ? ` of system ${owner.system}, environment ${owner.environment}` : '';
  return { ...identity, about: `${about}${of}` };
}

const isAddress = (text: string): text is Address => text.includes('/');

function read(comment: string | null): Partial<Record<string, string>> {
  if (!comment?.startsWith('{')) return {};
  try {
    const found: Record<string, unknown> = JSON.parse(comment);
    return Object.fromEntries(Object.entries(found).map(([key, value]) => [key, String(value)]));
  } catch {
    return {};
  }
}
