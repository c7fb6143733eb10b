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
