import { readFile, rm } from 'node:fs/promises';
import { sha256 } from '../../../kit/hash.ts';
import { Problem } from '../../../kit/problem.ts';
import type { Architecture } from '../../../ports/distribution.ts';
import type { Downloads } from '../../../ports/downloads.ts';
import type { Decompress } from '../deb/packed.ts';
import type { ReleaseFile } from './release/release.ts';
import type { SignedSuite } from './release/signed-suite.ts';

export interface PackagesGround {
  readonly downloads: Downloads;
  readonly decompress: Decompress;
  /** A folder for what is decompressed, until it is read. */
  readonly scratch: string;
}

/** The Packages file of a component of a suite, fetched and verified by what the suite's index says of it. */
export async function packagesFile(
  suite: SignedSuite,
  component: string,
  architecture: Architecture,
  { downloads, decompress, scratch }: PackagesGround,
  signal: AbortSignal,
): Promise<Buffer> {
  const path = `${component}/binary-${architecture}/Packages`;
  const plain = suite.release.files.get(path);
  const { kind, file } = packedOf(suite, path);
  const about = `packages of ${suite.locked.suite} ${component} (${architecture})`;
  const urls = urlsOf(suite, `${path}.${kind}`, file);
  const digest = { algorithm: 'sha256', hex: file.sha256 } as const;
  const packed = await downloads.file({ about, urls, digest, size: file.size }, signal);
  const to = `${scratch}/${file.sha256}`;
  await decompress({ file: packed, offset: 0, length: file.size, kind }, to, plain?.size ?? largest, signal);
  const bytes = await readFile(to, { signal });
  await rm(to);
  if (plain && sha256(bytes) !== plain.sha256) throw notAsSigned(about);
  return bytes;
}

/** Where the index does not say how large the file is that it lists compressed: sid has 60 MB. */
const largest = 500_000_000;

function packedOf({ release, locked }: SignedSuite, path: string): { kind: 'xz' | 'gz'; file: ReleaseFile } {
  for (const kind of ['xz', 'gz'] as const) {
    const file = release.files.get(`${path}.${kind}`);
    if (file) return { kind, file };
  }
  throw new Problem({
    what: `${locked.suite} has no ${path}`,
    why: 'its index lists the file neither as .xz nor as .gz',
    fix: 'Check the component and the architecture: Debian does not build each suite for each architecture',
  });
}

/** By hash first: between index and file an archive may change, and what is called Packages.xz with it. */
function urlsOf({ release, locked, mirrors }: SignedSuite, path: string, { sha256 }: ReleaseFile): readonly string[] {
  const byHash = path.replace(/[^/]+$/, `by-hash/SHA256/${sha256}`);
  const paths = release.byHash ? [byHash, path] : [path];
  return paths.flatMap(one => mirrors.map(mirror => `${mirror}/dists/${locked.suite}/${one}`));
}

const notAsSigned = (about: string): Problem =>
  new Problem({
    what: `the ${about} are not those that the archive signed`,
    why: 'their compressed form has the right SHA-256, and what it unpacks to has not',
    fix: 'Use another mirror',
  });
