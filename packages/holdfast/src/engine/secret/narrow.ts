import { alone, type Credential, isBy, isRoot, readCredential, spellCredential } from '../../kit/x509/credential.ts';
import { isAuthority, isCertificate } from '../../model/generate.ts';
import { addressOf, type Known } from '../../model/resource.ts';

/**
 * The values without what only the way from one authority to the next has needed, by name. An authority gives up the one
 * before only when all its certificates are its own: then nobody shows what that one has signed. Pure.
 */
export function narrowed(
  declared: readonly Known<'secret'>[],
  textOf: (name: string) => string | undefined,
): ReadonlyMap<string, string> {
  const all = declared.flatMap(secret => {
    const credential = readCredential(textOf(secret.name) ?? '');
    return credential ? [{ secret, credential }] : [];
  });
  const families = all.filter(isFirst).map(first => ({ first, signed: all.filter(isSignedFor(first)) }));
  const whole = families.filter(({ first, signed }) =>
    signed.every(({ credential: { own } }) => isBy(own, first.credential.own)),
  );
  return new Map(whole.flatMap(({ first, signed }) => [first, ...signed].filter(isWide).map(spelledAlone)));
}

interface Member {
  readonly secret: Known<'secret'>;
  readonly credential: Credential;
}

/** An authority that stands on no other one. */
const isFirst = ({ secret, credential }: Member): boolean =>
  isAuthority(secret.spec.generate) && isRoot(credential.own);

const isSignedFor =
  (authority: Member) =>
  ({ secret: { spec } }: Member): boolean =>
    isCertificate(spec.generate) && spec.generate.certificate.by === addressOf(authority.secret);

const isWide = ({ credential }: Member): boolean => credential.further.length > 0;

const spelledAlone = ({ secret, credential }: Member) => [secret.name, spellCredential(alone(credential))] as const;

/** Whether a value is what another one became by that. */
export function isNarrowed(text: string, before: string): boolean {
  const credential = readCredential(before);
  return credential !== undefined && isWide({ credential } as Member) && text === spellCredential(alone(credential));
}
