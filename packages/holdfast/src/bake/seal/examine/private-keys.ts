import type { TreeEntry } from '../../../kit/tree.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';

/** Private keys that are in an image. */
export interface KeysFound {
  /** Absolute paths of what is a secret of nobody any more. */
  readonly keys: readonly string[];
  /** In what npm packages bring along as samples. */
  readonly samples: readonly string[];
}

/** Looks through files whose size and place can be that of a key, and whose content is one. */
export async function privateKeysIn(tree: ImageTree): Promise<KeysFound> {
  const found: string[] = [];
  for (const entry of tree.entries()) if (await isKey(entry, tree)) found.push(`/${entry.path}`);
  return {
    keys: found.filter(path => !isSample(path)),
    samples: found.filter(isSample),
  };
}

const isSample = (path: string): boolean => /\/node_modules\/.*\/(tests?|__tests__|fixtures?|examples?)\//.test(path);

async function isKey(entry: TreeEntry, tree: ImageTree): Promise<boolean> {
  if (entry.type !== 'file' && entry.type !== 'hardlink') return false;
  if (/^etc\/ssh\/ssh_host_\w+_key$/.test(entry.path)) return true;
  if (entry.size < smallest || entry.size > largest || !mayHoldKey(entry.path)) return false;
  return pem.test(Buffer.from((await tree.read(entry.path)) ?? []).toString('latin1'));
}

/** Bytes: an ed25519 key in PEM has 119; a bundle of keys and certificates is hardly larger than this. */
const smallest = 100;
const largest = 256 * 1024;

/** Programs, libraries and translations are many, and hold text about keys; by its name a key is found there too. */
const mayHoldKey = (path: string): boolean =>
  !/^(usr\/(s?bin|lib(32|64|x32|exec)?|include|share)|var\/lib\/dpkg)\//.test(path) ||
  /(\.(pem|key|p8|pk8|ppk)|(^|[/_-])(id_\w+|key|private)(\.\w+)?)$/i.test(path);

/** RFC 7468 and the older form with headers; a text that only mentions the line has no body of base64 after it. */
const pem = /^-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----\r?\n([A-Za-z-]+: .*\r?\n)*(\r?\n)?[A-Za-z0-9+/=]{32,}/m;
