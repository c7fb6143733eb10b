import { createPrivateKey, X509Certificate } from 'node:crypto';

/** A private key, the certificate of its public half, and the certificates that stand behind that one. As PEM, one text. */
export interface Credential {
  /** PKCS #8, PEM. */
  readonly key: string;
  readonly own: X509Certificate;
  readonly further: readonly X509Certificate[];
}

const block = /-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g;

/** Undefined for a text that is none: without a key, or with a certificate in front that is of another key. */
export function readCredential(text: string): Credential | undefined {
  try {
    const blocks = [...text.replaceAll('\r', '').matchAll(block)].map(([pem, label = '']) => ({
      pem: `${pem}\n`,
      label,
    }));
    const key = blocks.find(({ label }) => label.endsWith('PRIVATE KEY'))?.pem;
    const [own, ...further] = blocks.flatMap(({ pem, label }) =>
      label === 'CERTIFICATE' ? [new X509Certificate(pem)] : [],
    );
    return key && own?.checkPrivateKey(createPrivateKey(key)) ? { key, own, further } : undefined;
  } catch {
    return undefined;
  }
}

export const spellCredential = ({ key, own, further }: Credential): string =>
  [key, spellCertificates([own, ...further])].join('');

export const spellCertificates = (certificates: readonly X509Certificate[]): string =>
  certificates.map(one => one.toString()).join('');

/** Without what stands behind its own certificate. */
export const alone = (credential: Credential): Credential => ({ ...credential, further: [] });

/** Signed by itself: what others may trust. */
export const isRoot = (certificate: X509Certificate): boolean => isBy(certificate, certificate);

/** Whether the one has signed the other. */
export const isBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

/** The names that it is valid for, as they were asked for: host names and addresses, sorted. */
export const namesOf = ({ subjectAltName = '' }: X509Certificate): readonly string[] =>
  subjectAltName
    .split(', ')
    .map(name => name.replace(/^(DNS|IP Address):/, ''))
    .filter(name => name !== '')
    .sort();

/** From when to when it is valid, in milliseconds since 1970. */
export const validityOf = ({
  validFrom,
  validTo,
}: X509Certificate): { readonly from: number; readonly until: number } => ({
  from: Date.parse(validFrom),
  until: Date.parse(validTo),
});
