import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { exitCode, Problem } from '../../kit/problem.ts';
import { makePrivate, readText, writeOnce } from './in-place.ts';

/** Who one is to a sealed file: private keys of age. Never printed; see {@link publicKeysOf}. */
export interface Identity {
  readonly keys: readonly string[];
  /** The file or the variable that it comes from. */
  readonly from: string;
}

type Env = Readonly<Record<string, string | undefined>>;

export const identityVariable = 'HOLDFAST_IDENTITY';

/** Where a person's identity lies: `~/.config/holdfast/identity`. */
export const identityPath = ({ XDG_CONFIG_HOME, HOME }: Env): string =>
  join(XDG_CONFIG_HOME || join(HOME || homedir(), '.config'), 'holdfast', 'identity');

/** The identity that the variable holds or names, else the person's own; undefined where there is none. */
export async function findIdentity(env: Env): Promise<Identity | undefined> {
  const given = env[identityVariable];
  if (given && isKey(given.trimStart())) return { keys: keysIn(given, identityVariable), from: identityVariable };
  const file = given || identityPath(env);
  const text = await readText(file);
  if (given && text === undefined) throw noFile(given);
  if (text === undefined) return undefined;
  if (!given) await refuseOpenToOthers(file);
  return { keys: keysIn(text, file), from: file };
}

/** The identity there is; else a new one, for the person alone. Of several that make one at once, all get the same. */
export async function findOrMakeIdentity(env: Env): Promise<Identity> {
  const found = await findIdentity(env);
  if (found) return found;
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  const key = await generateX25519Identity();
  const file = identityPath(env);
  await makePrivate(dirname(file));
  await writeOnce(file, `# public key: ${await identityToRecipient(key)}\n${key}\n`);
  return { keys: keysIn((await readText(file)) ?? '', file), from: file };
}

/** What others encrypt to. The first one is the one to hand out. */
export async function publicKeysOf({ keys, from }: Identity): Promise<readonly string[]> {
  const { identityToRecipient } = await import('age-encryption');
  return Promise.all(keys.map(key => identityToRecipient(key).catch(() => notAnIdentity(from))));
}

const isKey = (text: string): boolean => /^AGE-SECRET-KEY-1/i.test(text);

/** As `age-keygen` writes it: lines with `#` are remarks. */
function keysIn(text: string, from: string): readonly string[] {
  const lines = text.split(/\s*\n\s*/).map(line => line.trim());
  const keys = lines.filter(line => line !== '' && !line.startsWith('#'));
  return keys.length > 0 && keys.every(isKey) ? keys : notAnIdentity(from);
}

/** What it holds instead is not told: it may be a key with a letter too few. */
export function notAnIdentity(from: string): never {
  throw new Problem({
    what: `${from} holds no identity`,
    where: from,
    why: 'an identity is a private key of age: AGE-SECRET-KEY-1…, one a line',
    fix: 'bring it back from where you keep it; without it, what was encrypted to it alone is lost',
    exit: exitCode.wrongUse,
  });
}

const noFile = (file: string): Problem =>
  new Problem({
    what: `there is no identity at ${/AGE-SECRET/i.test(file) ? 'the place that it names' : file}`,
    where: identityVariable,
    why: 'the variable holds an identity, AGE-SECRET-KEY-1…, or names a file that does',
    fix: `put the file there, or take ${identityVariable} away to use your own`,
    exit: exitCode.wrongUse,
  });

/** As ssh does: a key that others can read is not one's own. */
async function refuseOpenToOthers(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o077) === 0) return;
  throw new Problem({
    what: 'your identity can be read by others on this machine',
    where: file,
    why: `its mode is ${(mode & 0o777).toString(8)}, and who has it reads every secret that you can`,
    fix: `chmod 600 ${file}; if another may have read it, make a new one and rotate the secrets`,
    exit: exitCode.wrongUse,
  });
}
