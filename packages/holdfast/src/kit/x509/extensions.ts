import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import * as x509 from '@peculiar/asn1-x509';
import type { Template } from './sign.ts';

type KeyInfo = x509.SubjectPublicKeyInfo;

/** What the certificate of a key may be used for, whom it is of, and whose key has signed it. */
export function extensionsOf(template: Template, key: KeyInfo, issuer?: x509.TBSCertificate): x509.Extensions {
  return new x509.Extensions([
    extension(x509.id_ce_basicConstraints, new x509.BasicConstraints({ cA: template.authority ?? false }), true),
    ...(template.authority ? authorityUses() : holderUses()),
    ...(template.names ? [alternatives(template.names)] : []),
    extension(x509.id_ce_subjectKeyIdentifier, new x509.SubjectKeyIdentifier(idOf(key))),
    extension(
      x509.id_ce_authorityKeyIdentifier,
      new x509.AuthorityKeyIdentifier({
        keyIdentifier: new x509.KeyIdentifier(issuer ? knownIdOf(issuer) : idOf(key)),
      }),
    ),
  ]);
}

const extension = (extnID: string, value: object, critical = false): x509.Extension =>
  new x509.Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });

const authorityUses = () => [keyUsage(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign)];

const holderUses = () => [
  keyUsage(x509.KeyUsageFlags.digitalSignature),
  extension(x509.id_ce_extKeyUsage, new x509.ExtendedKeyUsage([x509.id_kp_serverAuth, x509.id_kp_clientAuth])),
];

const keyUsage = (flags: number) => extension(x509.id_ce_keyUsage, new x509.KeyUsage(flags), true);

const alternatives = (names: readonly string[]) =>
  extension(
    x509.id_ce_subjectAltName,
    new x509.SubjectAlternativeName(
      names.map(name => new x509.GeneralName(isIP(name) ? { iPAddress: name } : { dNSName: name })),
    ),
  );

/** By the first method of RFC 7093. */
const idOf = (key: KeyInfo): ArrayBuffer =>
  new Uint8Array(createHash('sha256').update(Buffer.from(key.subjectPublicKey)).digest()).slice(0, 20).buffer;

/** As the certificate of an issuer has it: another may have made that one. */
function knownIdOf({ extensions, subjectPublicKeyInfo }: x509.TBSCertificate): ArrayBuffer {
  const found = extensions?.find(({ extnID }) => extnID === x509.id_ce_subjectKeyIdentifier);
  return found
    ? AsnConvert.parse(found.extnValue.buffer, x509.SubjectKeyIdentifier).buffer
    : idOf(subjectPublicKeyInfo);
}
