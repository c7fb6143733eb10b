/** A component as CycloneDX 1.6 describes it. */
export interface Component {
  readonly type: 'library' | 'application' | 'operating-system' | 'container';
  /** Unique in the document: the purl. */
  readonly 'bom-ref': string;
  readonly name: string;
  readonly group?: string;
  readonly version: string;
  readonly publisher?: string;
  readonly hashes?: readonly { readonly alg: 'SHA-256' | 'SHA-512' | 'SHA-1'; readonly content: string }[];
  readonly licenses?: readonly Licence[];
  readonly purl?: string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

export type Licence = { readonly license: { readonly name: string } } | { readonly expression: string };

export interface PackageName {
  /** `deb`, `npm`, `apk`. */
  readonly type: string;
  readonly namespace?: string;
  readonly name: string;
  readonly version: string;
  readonly qualifiers?: Readonly<Record<string, string>>;
}

/** A package URL (purl-spec): `pkg:deb/debian/nginx@1.22.1-9?arch=amd64&distro=debian-12`. */
export function purl({ type, namespace, name, version, qualifiers = {} }: PackageName): string {
  const path = [type, ...(namespace === undefined ? [] : [namespace]), name].map(encoded).join('/');
  const query = Object.entries(qualifiers)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${encoded(value)}`)
    .join('&');
  return `pkg:${path}@${encoded(version)}${query && `?${query}`}`;
}

/** Percent-encoded but for letters, digits, `.-_~` and the colon. */
const encoded = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll('%3A', ':')
    .replace(/[!'()*]/g, letter => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
