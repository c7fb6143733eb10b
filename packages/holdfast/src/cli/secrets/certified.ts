import { daysLeft } from '../../engine/secret/due.ts';
import { iso } from '../../kit/clock.ts';
import { isRoot, namesOf, readCredential, validityOf } from '../../kit/x509/credential.ts';
import type { CertificateOutput } from '../output/secret/certificate.ts';

/** What everybody may know of a value that is a certificate with its key; undefined of what is none. */
export function certified(text: string, now: number): CertificateOutput | undefined {
  const credential = readCredential(text);
  if (!credential) return undefined;
  const { own, further } = credential;
  const { from, until } = validityOf(own);
  return {
    subject: onOneLine(own.subject),
    issuer: onOneLine(own.issuer),
    names: namesOf(own),
    from: iso(from),
    until: iso(until),
    daysLeft: daysLeft(own, now),
    fingerprint: own.fingerprint256,
    ...(own.ca && { trusted: [own, ...further].filter(isRoot).length }),
  };
}

const onOneLine = (name: string): string => name.split('\n').join(', ');
