import { parseDocument, type SecretsDocument, spellDocument } from './document.ts';
import { type Identity, notAnIdentity, publicKeysOf } from './identity.ts';
import { conflicted, damaged, later, noIdentity, noRecipient, wrongKey } from './refusals.ts';

/** What a refusal has to say besides: where the file is, and whom one can ask. */
export interface Place {
  readonly path: string;
  /** Names of those it is encrypted to, as far as is known. */
  readonly readers: readonly string[];
}

/**
 * The document as a file of age, encrypted to all its recipients. In ASCII, so that a merge of two branches leaves marks
 * in it, and nobody goes on with one side unwittingly.
 */
export async function seal(document: SecretsDocument): Promise<string> {
  // Loaded when there is a secret: it takes 150 ms, and most commands of most systems need none.
  const { armor, Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  for (const [name, key] of Object.entries(document.recipients)) added(encrypter, name, key);
  return armor.encode(await encrypter.encrypt(spellDocument(document)));
}

function added(encrypter: { addRecipient(key: string): void }, name: string, key: string): void {
  try {
    encrypter.addRecipient(key);
  } catch (cause) {
    throw wrongKey(name, key, cause);
  }
}

/** The document that a sealed file holds. Throws a Problem that says whose turn it is when it can't be read. */
export async function unseal(text: string, identity: Identity | undefined, place: Place): Promise<SecretsDocument> {
  if (isConflicted(text)) throw conflicted(place);
  const file = await bytesOf(text, place);
  if (!identity) throw noIdentity(place);
  const document = parseDocument(await decrypted(file, identity, place));
  if (document === 'later') throw later(place);
  if (document === 'none') throw damaged(place, 'what is inside was not written by Holdfast');
  return document;
}

/** Whether git left both sides of a merge in it. */
export const isConflicted = (text: string): boolean => /^(<{7}|={7}|>{7})/m.test(text);

async function bytesOf(text: string, place: Place): Promise<Uint8Array> {
  const { armor } = await import('age-encryption');
  try {
    return armor.decode(text);
  } catch (cause) {
    throw damaged(place, `it is no file of age (${(cause as Error).message})`, cause);
  }
}

async function decrypted(file: Uint8Array, identity: Identity, place: Place): Promise<string> {
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  identified(decrypter, identity);
  // Asked last, and so only where no key of the identity fits.
  const asked = { fits: true };
  decrypter.addIdentity({
    unwrapFileKey: () => {
      asked.fits = false;
      return null;
    },
  });
  try {
    return await decrypter.decrypt(file, 'text');
  } catch (cause) {
    throw asked.fits
      ? damaged(place, (cause as Error).message, cause)
      : noRecipient(place, await publicKeysOf(identity));
  }
}

/** The library's words on a key that is not right would repeat it. */
function identified(decrypter: { addIdentity(key: string): void }, { keys, from }: Identity): void {
  try {
    for (const key of keys) decrypter.addIdentity(key);
  } catch {
    notAnIdentity(from);
  }
}
