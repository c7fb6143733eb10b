const digestForm = /^(.*?)(?::[^:/@]+)?@(sha256:[0-9a-f]{64})$/;

/** The short spelling that the engine uses: without the default registry, and without a tag where there is a digest. */
export function familiar(reference: string): string {
  const short = reference.replace(/^(?:docker\.io\/|index\.docker\.io\/)(?:library\/)?/, '');
  const [, name, digest] = digestForm.exec(short) ?? [];
  return name !== undefined && digest !== undefined ? `${name}@${digest}` : short;
}

/** The two halves of `name:tag`. */
export function nameAndTag(reference: string): { repo: string; tag: string } {
  const colon = reference.lastIndexOf(':');
  const hasTag = colon > reference.lastIndexOf('/');
  return hasTag
    ? { repo: reference.slice(0, colon), tag: reference.slice(colon + 1) }
    : { repo: reference, tag: 'latest' };
}

/** Whether two references of images that are made here tell the same inputs: one of them is its name before a rename. */
export const isSameByInputs = (one: string, other: string): boolean =>
  one === other || (withoutName(one) !== undefined && withoutName(one) === withoutName(other));

function withoutName(reference: string): string | undefined {
  const [, scope, inputs] = /^(holdfast\/[^/:]+\/[^/:]+)\/[^/:]+:([0-9a-f]{12})$/.exec(reference) ?? [];
  return scope && `${scope}:${inputs}`;
}

interface Listed {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null | undefined;
  readonly RepoDigests?: readonly string[] | null | undefined;
}

/**
 * All that an image goes by: tags, and names with a digest. In containerd's image store the id is the digest, and each
 * name leads to the image with it, but the list may tell the digest of one name only, or bare.
 */
export function referencesOf({ Id, RepoTags, RepoDigests }: Listed): readonly string[] {
  const told = [...(RepoTags ?? []), ...(RepoDigests ?? [])];
  const named = told.filter(reference => !/^(?:<none>|sha256:)/.test(reference));
  const byDigest = told.some(reference => reference.endsWith(Id))
    ? named.map(name => `${repositoryOf(name)}@${Id}`)
    : [];
  return [...new Set([...named, ...byDigest])];
}

const repositoryOf = (reference: string): string => nameAndTag(reference.replace(/@.*$/, '')).repo;
