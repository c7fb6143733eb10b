import { password } from '../../kit/password.ts';
import { type Credential, readCredential, spellCredential } from '../../kit/x509/credential.ts';
import { type Issue, maySign, newAuthority, newCertificate } from '../../kit/x509/issue.ts';
import { nameIn } from '../../model/address.ts';
import { isCertificate } from '../../model/generate.ts';
import type { Scope } from '../../model/identity.ts';
import type { Known } from '../../model/resource.ts';
import type { CertificateSpec } from '../../model/spec/small-specs.ts';
import { noAuthority } from './refusals.ts';

/** What a new value follows from. */
export interface Making {
  readonly scope: Scope;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The present value of a secret. */
  readonly textOf: (name: string) => string | undefined;
}

/** How many days an authority is valid: ten years. */
const ofAuthority = 3_650;

/** Another value of a secret that is generated. An authority that follows another one is vouched for by that one. */
export async function newText({ name, spec: { generate = 0 } }: Known<'secret'>, making: Making): Promise<string> {
  if (typeof generate === 'number') return password(generate);
  const made = isCertificate(generate)
    ? await certificateOf(name, generate, making)
    : await newAuthority(issueOf(name, ofAuthority, making), predecessorOf(name, making));
  return spellCredential(made);
}

function predecessorOf(name: string, { textOf }: Making): Credential | undefined {
  const before = readCredential(textOf(name) ?? '');
  return before && maySign(before) ? before : undefined;
}

function certificateOf(name: string, { certificate }: CertificateSpec, making: Making): Promise<Credential> {
  const { names, days } = certificate;
  const by = readCredential(making.textOf(nameIn(certificate.by)) ?? '');
  if (!by || !maySign(by)) throw noAuthority(name, nameIn(certificate.by));
  return newCertificate(issueOf(names[0] ?? name, days, making), names, by);
}

const issueOf = (commonName: string, days: number, { scope, now }: Making): Issue => ({
  commonName,
  organization: scope.system,
  unit: scope.environment,
  now,
  days,
});

/** Authorities first: certificates are signed by what those have then. */
export const inMakingOrder = <S extends Pick<Known<'secret'>, 'spec'>>(secrets: readonly S[]): readonly S[] =>
  secrets.toSorted((a, b) => Number(isCertificate(a.spec.generate)) - Number(isCertificate(b.spec.generate)));
