import { exitCode, Problem } from '../../kit/problem.ts';
import type { WantedFile } from '../../ports/downloads.ts';
import type { LockedTarball } from '../../ports/npm-registry.ts';

/** The strongest first. SHA-1 serves only where a package is so old that it has no other. */
const algorithms = ['sha512', 'sha256', 'sha1'] as const;

/** The strongest of the hashes in a Subresource Integrity string (W3C SRI). Throws a Problem where none is known. */
export function digestIn({ name, version, integrity }: LockedTarball): WantedFile['digest'] {
  const hashes = new Map(integrity.split(/\s+/).map(hash => split(hash)));
  const algorithm = algorithms.find(one => hashes.has(one));
  if (algorithm) return { algorithm, hex: Buffer.from(hashes.get(algorithm) ?? '', 'base64').toString('hex') };
  throw new Problem({
    what: `${name}@${version} can't be verified`,
    why: `its integrity is '${integrity}', which names no hash of ${algorithms.join(', ')}`,
    fix: 'make the lock anew: npm install --package-lock-only',
    exit: exitCode.wrongUse,
  });
}

/** `sha512-BASE64?options` */
function split(hash: string): [algorithm: string, base64: string] {
  const [, algorithm = '', base64 = ''] = /^([^-]+)-([^?]+)/.exec(hash) ?? [];
  return [algorithm, base64];
}
