import { plural } from '../../kit/layout.ts';
import { type Credential, isBy, namesOf, readCredential, validityOf } from '../../kit/x509/credential.ts';
import { maySign } from '../../kit/x509/issue.ts';
import { isAuthority, isCertificate } from '../../model/generate.ts';
import type { CertificateSpec, SecretSpec } from '../../model/spec/small-specs.ts';

/** What a certificate that is there is held against. */
export interface Holding {
  readonly text: string;
  /** The value of the authority that is to have signed it; undefined where that one is made anew itself. */
  readonly by?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Why the value of an authority or a certificate is to be made anew, in words; undefined where it is not. Pure. */
export function whyDue({ generate }: SecretSpec, { text, by, now }: Holding): string | undefined {
  if (!isAuthority(generate) && !isCertificate(generate)) return undefined;
  const held = readCredential(text);
  if (!held) return 'what is there is no certificate with its key';
  return (isCertificate(generate) ? whyOther(generate, held, by, now) : whyNoAuthority(held)) ?? whyOld(held, now);
}

const whyNoAuthority = (held: Credential): string | undefined =>
  maySign(held) ? undefined : 'what is there signs nothing';

function whyOther(
  { certificate: { names, days } }: CertificateSpec,
  { own }: Credential,
  by: string | undefined,
  now: number,
): string | undefined {
  const signer = readCredential(by ?? '');
  if (!signer || !isBy(own, signer.own)) return 'its authority is another one';
  if (namesOf(own).join() !== names.toSorted().join()) return `its names are ${namesOf(own).join(', ')}`;
  return daysLeft(own, now) > days ? `it is valid for more than ${plural(days, 'day')}` : undefined;
}

/** In its last third. */
function whyOld({ own }: Credential, now: number): string | undefined {
  const { from, until } = validityOf(own);
  return until - now < (until - from) / 3 ? validWords(own, now) : undefined;
}

const soon = 30;

/** That a certificate ends within 30 days, in words; undefined where it does not, and of what is none. */
export function endsSoon(text: string, now: number): string | undefined {
  const own = readCredential(text)?.own;
  return own && daysLeft(own, now) < soon ? validWords(own, now) : undefined;
}

const day = 86_400_000;

/** Whole days that it is valid for; negative where it has ended. */
export const daysLeft = (certificate: Credential['own'], now: number): number =>
  Math.floor((validityOf(certificate).until - now) / day);

/** `12 days left`, `ended 3 days ago`. */
export function validWords(certificate: Credential['own'], now: number): string {
  const left = daysLeft(certificate, now);
  return left < 0 ? `ended ${plural(-left, 'day')} ago` : `${plural(left, 'day')} left`;
}
