import type { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { CertificateFacts } from '../../model/assertion/facts/network.ts';
import type { Looked } from '../../model/assertion/matcher.ts';
import type { Place } from './connections.ts';
import { lookup } from './lookup.ts';
import { distrustOf } from './words.ts';

const day = 86_400_000;

/** The certificate that a host presents when it is asked for a name. */
export async function askCertificate(
  { host, port }: Place,
  name: string,
  now: number,
  signal: AbortSignal,
): Promise<Looked<CertificateFacts>> {
  const socket = connect({
    host,
    port,
    lookup,
    rejectUnauthorized: false,
    ...(isIP(name) === 0 && { servername: name }),
  });
  try {
    await once(socket, 'secureConnect', { signal });
    const certificate = socket.getPeerX509Certificate();
    if (!certificate) return { missing: 'it presents none' };
    const distrust = distrustOf(socket.authorizationError);
    return { facts: { ...factsOf(certificate, now), ...(distrust !== undefined && { distrust }) } };
  } finally {
    socket.on('error', () => {});
    socket.destroy();
  }
}

const factsOf = (certificate: X509Certificate, now: number): CertificateFacts => ({
  subject: nameOf(certificate.subject),
  issuer: nameOf(certificate.issuer),
  names: namesIn(certificate.subjectAltName ?? ''),
  daysLeft: Math.floor((Date.parse(certificate.validTo) - now) / day),
  chain: chainOf(certificate),
});

/** `CN=shop.example, O=Shop`. */
const nameOf = (lines: string | undefined): string => (lines ?? '').split('\n').join(', ');

const namesIn = (text: string): readonly string[] =>
  text.split(', ').flatMap(one => /^(?:DNS|IP Address):(.+)$/.exec(one)?.[1] ?? []);

/** A root has issued itself. */
function chainOf(certificate: X509Certificate): readonly string[] {
  const chain: string[] = [];
  const seen = new Set<string>();
  for (
    let one: X509Certificate | undefined = certificate;
    one && !seen.has(one.fingerprint256);
    one = one.issuerCertificate
  ) {
    seen.add(one.fingerprint256);
    chain.push(nameOf(one.subject));
  }
  return chain;
}
