import { armor, Decrypter } from 'age-encryption';
import { findOrMakeIdentity, publicKeysOf } from '../identity.ts';

/** Somebody with an identity of their own, whose configuration lies in a folder. */
export async function person(folder: string) {
  const env = { XDG_CONFIG_HOME: folder };
  const identity = await findOrMakeIdentity(env);
  const [privateKey = ''] = identity.keys;
  const [publicKey = ''] = await publicKeysOf(identity);
  return {
    env,
    publicKey,
    privateKey,
    /** As `age --decrypt` does. */
    async decrypt(text: string): Promise<string> {
      const decrypter = new Decrypter();
      decrypter.addIdentity(privateKey);
      return decrypter.decrypt(armor.decode(text), 'text');
    },
  };
}

export type Person = Awaited<ReturnType<typeof person>>;
