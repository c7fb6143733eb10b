import { keyedHash } from '../../kit/hash.ts';
import { type Credential, isRoot, readCredential, spellCertificates } from '../../kit/x509/credential.ts';
import type { SecretValue } from '../../model/value.ts';
import { noCredential } from './refusals.ts';

/** What of a secret's text a value is: the text itself, or a part of it. Throws a Problem for one that it has not. */
export function partIn(text: string, { $secret: name, part }: SecretValue, key: string): string {
  if (part === undefined) return text;
  const credential = readCredential(text);
  // By its key alone: a certificate that loses what stands behind it is the same one.
  if (part === 'mark') return keyedHash(key, `mark ${credential?.key ?? text}`).slice(0, 8);
  if (!credential) throw noCredential(name);
  return part === 'key' ? credential.key : spellCertificates(shown(credential));
}

/** Of an authority, all that is trusted. */
function shown({ own, further }: Credential): Credential['further'] {
  const all = [own, ...further];
  const trusted = own.ca ? all.filter(isRoot) : [];
  return trusted.length > 0 ? trusted : all;
}
