import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomId } from '../../../kit/id.ts';
import { exitCode, Problem } from '../../../kit/problem.ts';
import type { SigningKey } from './dsse.ts';
import { type PublicKey, parseKeys, printKey, publicKeyOf } from './public-key.ts';

/** Where the team's keys are. */
export interface KeyPlace {
  /** The folder of `system.ts`, where `holdfast.keys` stands. */
  readonly folder: string;
  /** `HOLDFAST_SEAL_KEY` is the private key, in PEM, where there is no file of it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whose key a new one is: `ada@laptop`. */
  readonly who: string;
  /** Told what was made. */
  readonly say: (line: string) => void;
}

const keysFile = (folder: string): string => join(folder, 'holdfast.keys');
const privateFile = (folder: string): string => join(folder, '.holdfast', 'keys', 'seal.pem');

/** The keys whose seals count: those of `holdfast.keys`. None where there is no such file. */
export async function trustedKeys(folder: string): Promise<readonly PublicKey[]> {
  return (await listedKeys(folder)) ?? [];
}

/**
 * The key to seal with. Made where there is none; the first one of a project is trusted by itself. A Problem where
 * `holdfast.keys` does not list it: somebody who is trusted already must add it.
 */
export async function sealingKey(place: KeyPlace): Promise<SigningKey> {
  const privateKey = await ownKey(place);
  const own = publicKeyOf(privateKey, place.who);
  const listed = await listedKeys(place.folder);
  if (!listed) await beginList(own, place);
  else if (!listed.some(({ id }) => id === own.id)) throw notListed(own, place.folder);
  return { privateKey, publicKey: own };
}

async function listedKeys(folder: string): Promise<readonly PublicKey[] | undefined> {
  const text = await unlessAbsent(readFile(keysFile(folder), 'utf8'));
  return text === undefined ? undefined : parseKeys(text, keysFile(folder));
}

async function ownKey(place: KeyPlace): Promise<KeyObject> {
  const given = place.env.HOLDFAST_SEAL_KEY;
  if (given) return readKey(given, 'HOLDFAST_SEAL_KEY');
  const path = privateFile(place.folder);
  const kept = await unlessAbsent(readFile(path, 'utf8'));
  return readKey(kept ?? (await makeKey(path, place)), path);
}

function readKey(pem: string, where: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
    throw new Error(`it is a key for ${key.asymmetricKeyType}`);
  } catch (cause) {
    throw new Problem({
      what: 'the key to seal with can’t be read',
      where,
      why: (cause as Error).message,
      fix: 'give an ed25519 private key in PEM (`openssl genpkey -algorithm ed25519`), or take the file away, and a new one is made',
      exit: exitCode.wrongUse,
    });
  }
}

async function makeKey(path: string, { say }: KeyPlace): Promise<string> {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  if (!(await createOnce(path, pem, 0o600))) return readFile(path, 'utf8');
  say(`made a key to seal images with: ${path}. It is yours alone: keep it out of images and version control`);
  return pem;
}

async function beginList(own: PublicKey, { folder, say }: KeyPlace): Promise<void> {
  const head = '# Public keys of those whose seals count, one a line. Belongs into version control.';
  if (await createOnce(keysFile(folder), `${head}\n${printKey(own)}\n`, 0o644))
    say(`wrote ${keysFile(folder)}, which lists your public key: commit it, so that others can tell your seals`);
  else if (!(await listedKeys(folder))?.some(({ id }) => id === own.id)) throw notListed(own, folder);
}

/** Two processes may come here at once: the first one's is whole before it has its name, and the other's is none. */
async function createOnce(path: string, text: string, mode: number): Promise<boolean> {
  const draft = `${path}.${randomId()}`;
  await writeFile(draft, text, { mode });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

const notListed = (own: PublicKey, folder: string): Problem =>
  new Problem({
    what: 'your key to seal with is not among those that this project trusts',
    where: keysFile(folder),
    why: 'a seal counts only when somebody signed it who is listed there',
    fix: `let somebody who reviews it add this line: ${printKey(own)}`,
    exit: exitCode.wrongUse,
  });

async function unlessAbsent(reading: Promise<string>): Promise<string | undefined> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
