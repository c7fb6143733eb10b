import type { Key, verify } from 'openpgp';
import type { Clock } from '../../../../kit/clock.ts';
import { Problem } from '../../../../kit/problem.ts';
import type { Keys } from '../../keys/debian-keys.ts';

/** How far ahead of this machine's clock that of an archive may be, in milliseconds. */
export const tolerance = 24 * 3600_000;

/**
 * The text inside a cleartext signature (RFC 9580 §7), when one of the keys made it and was good when it did. Nothing
 * before, after or between what is signed is taken. Throws a Problem for all else; `where` is for it.
 */
export async function signedText(bytes: Uint8Array, keys: Keys, clock: Clock, where: string): Promise<string> {
  const openpgp = await import('openpgp');
  const message = await openpgp.readCleartextMessage({ cleartextMessage: wholeOf(bytes, where) }).catch(cause => {
    throw refused(where, "its signature can't be read", [String(cause.message ?? cause)]);
  });
  const verificationKeys = await Promise.all((await keys()).map(armoredKey => openpgp.readKey({ armoredKey })));
  const date = new Date(clock() + tolerance);
  const { data, signatures } = await openpgp.verify({ message, verificationKeys, date });
  const said = await Promise.all(signatures.map(verdict));
  if (said.includes('good')) return data;
  throw refused(where, whyOf(signatures, verificationKeys), said);
}

/** A signature by a key that is known and does not fit is another lie than one by a key of somebody else. */
function whyOf(signatures: readonly Verdict[], keys: readonly Key[]): string {
  const isKnown = ({ keyID }: Verdict) => keys.some(key => key.getKeyIDs().some(id => id.equals(keyID)));
  return signatures.some(isKnown)
    ? 'its signature by a key of Debian is not a good one: it was changed after it was signed, or the key might not sign then'
    : 'none of its signatures is by a key of Debian';
}

const begin = '-----BEGIN PGP SIGNED MESSAGE-----\n';
const middle = '\n-----BEGIN PGP SIGNATURE-----\n';
const end = '-----END PGP SIGNATURE-----';

/** The file as text, when it is one signed message and nothing else: no reader can then take another part for signed. */
function wholeOf(bytes: Uint8Array, where: string): string {
  const text = Buffer.from(bytes).toString('utf8');
  if (!text.startsWith(begin)) throw refused(where, 'it is not signed');
  const [head = '', tail = '', ...more] = text.slice(begin.length).split(middle);
  const [armor = '', rest] = tail.split(end, 2);
  if (rest === undefined) throw refused(where, 'it ends before its signature does');
  const isOne = more.length === 0 && !/^-(?! )/m.test(head) && tail.slice(armor.length + end.length).trim() === '';
  if (!isOne) throw refused(where, 'it holds more than one signed message');
  return text;
}

type Verdict = Awaited<ReturnType<typeof verify>>['signatures'][number];

async function verdict({ keyID, verified }: Verdict): Promise<string> {
  try {
    await verified;
    return 'good';
  } catch (error) {
    return `key ${keyID.toHex().toUpperCase()}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

const refused = (where: string, why: string, evidence: readonly string[] = []): Problem =>
  new Problem({
    what: 'an index of Debian packages is refused',
    where,
    why,
    fix: 'Use another mirror. What Debian did not sign is not installed',
    ...(evidence.length > 0 && { evidence }),
  });
