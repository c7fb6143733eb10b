import { type KeyObject, randomBytes, sign as signBytes, type X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import * as x509 from '@peculiar/asn1-x509';
import { extensionsOf } from './extensions.ts';

/** What a certificate is to say. */
export interface Template {
  readonly subject: Subject;
  readonly publicKey: KeyObject;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
  /** Host names and IP addresses. */
  readonly names?: readonly string[];
  /** Whether it may sign others. */
  readonly authority?: boolean;
}

export interface Subject {
  readonly commonName: string;
  readonly organization: string;
  readonly unit: string;
  /** Tells two of the same name apart. */
  readonly generation?: string;
}

/** Who signs: the private key, and its certificate; without one, the certificate that is signed is of this key. */
export interface Issuer {
  readonly key: KeyObject;
  readonly certificate?: X509Certificate;
}

/** A certificate of X.509 version 3 (RFC 5280), in DER. The key that signs is one of an elliptic curve. */
export function sign(template: Template, { key, certificate }: Issuer): Buffer {
  const issuer = certificate && AsnConvert.parse(certificate.raw, x509.Certificate).tbsCertificate;
  const subject = nameOf(template.subject);
  const publicKey = infoOf(template.publicKey);
  const body = new x509.TBSCertificate({
    version: x509.Version.v3,
    serialNumber: serial(),
    signature: ecdsaWithSha256,
    issuer: issuer?.subject ?? subject,
    validity: new x509.Validity({ notBefore: new Date(template.from), notAfter: new Date(template.until) }),
    subject,
    subjectPublicKeyInfo: publicKey,
    extensions: extensionsOf(template, publicKey, issuer),
  });
  return sealed(body, signBytes('sha256', Buffer.from(AsnConvert.serialize(body)), key));
}

const sealed = (tbsCertificate: x509.TBSCertificate, signature: Buffer): Buffer =>
  Buffer.from(
    AsnConvert.serialize(
      new x509.Certificate({
        tbsCertificate,
        signatureAlgorithm: ecdsaWithSha256,
        signatureValue: new Uint8Array(signature).buffer,
      }),
    ),
  );

const ecdsaWithSha256 = new x509.AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' });

const infoOf = (key: KeyObject): x509.SubjectPublicKeyInfo =>
  AsnConvert.parse(key.export({ type: 'spki', format: 'der' }), x509.SubjectPublicKeyInfo);

/** 127 random bits: the number must be positive, and its first byte not zero. */
function serial(): ArrayBuffer {
  const bytes = new Uint8Array(randomBytes(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.buffer;
}

const attributes = {
  organization: '2.5.4.10',
  unit: '2.5.4.11',
  commonName: '2.5.4.3',
  generation: '2.5.4.5',
} as const;

function nameOf(subject: Subject): x509.Name {
  const parts = Object.entries(attributes).flatMap(([part, type]) => {
    const text = subject[part as keyof Subject];
    return text === undefined ? [] : [new x509.AttributeTypeAndValue({ type, value: attributeOf(part, text) })];
  });
  return new x509.Name(parts.map(part => new x509.RelativeDistinguishedName([part])));
}

/** A serial number in a name has but one way to be spelled (RFC 5280, appendix A). */
const attributeOf = (part: string, text: string): x509.AttributeValue =>
  new x509.AttributeValue(part === 'generation' ? { printableString: text } : { utf8String: text });
