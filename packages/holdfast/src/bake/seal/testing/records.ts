import { generateKeyPairSync } from 'node:crypto';
import type { SigningKey } from '../record/dsse.ts';
import { type Provenance, provenanceOf } from '../record/provenance.ts';
import { publicKeyOf } from '../record/public-key.ts';
import { type SealFiles, signSeal } from '../record/seal.ts';

export const digest = `sha256:${'ab'.repeat(32)}` as const;

export function newKey(comment: string): SigningKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey: publicKeyOf(privateKey, comment) };
}

/** What is told of an image of the tests. */
export const told = (more: Partial<Provenance> = {}): Provenance => ({
  name: 'web',
  digest,
  inputs: '1'.repeat(64),
  source: {
    from: 'recipe',
    base: {
      suite: 'bookworm',
      set: 'essential',
      packages: ['nginx'],
      exclude: [],
      mirror: 'http://me:word@mirror.test',
    },
    steps: [],
    config: { env: {}, labels: {}, ports: [] },
  },
  epoch: 1_700_000_000,
  dependencies: [{ uri: 'pkg:deb/debian/nginx@1.22.1-9?arch=amd64', digest: { sha256: '2'.repeat(64) } }],
  sbom: '{"bomFormat":"CycloneDX"}\n',
  checks: [{ sentence: 'user app exists', ok: true, milliseconds: 1 }],
  setIdFiles: ['/usr/bin/su'],
  contacted: ['b.test', 'a.test'],
  reproducible: true,
  version: '0.1.0',
  invocation: 'abc',
  startedAt: 1_700_000_001_000,
  finishedAt: 1_700_000_002_000,
  ...more,
});

export const recordWith = (key: SigningKey, more: Partial<Provenance> = {}): SealFiles => {
  const of = told(more);
  return { seal: signSeal(provenanceOf(of), key), sbom: of.sbom };
};
