import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Problem } from '../../../kit/problem.ts';
import { digest, newKey, recordWith, told } from '../testing/records.ts';
import { dependenciesOf, madeOf } from './dependencies.ts';
import { type Envelope, payloadOf } from './dsse.ts';
import { provenanceOf } from './provenance.ts';
import { openSeal } from './seal.ts';
import { readSeal, sealFolder, writeSeal } from './seal-store.ts';

const key = newKey('ada@laptop');
const trusted = [newKey('linus@desk').publicKey, key.publicKey];
const record = recordWith(key);

const open = (files = record, keys = trusted, of: typeof digest = digest) =>
  openSeal(files, of, keys, '/store/seals/ab');

function refusal(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('it was taken');
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-record-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('a seal', () => {
  test('tells what was signed, and by whom', () => {
    expect(open()).toMatchObject({
      digest,
      inputs: '1'.repeat(64),
      signer: { comment: 'ada@laptop' },
      checks: [{ sentence: 'user app exists', ok: true }],
      contacted: ['a.test', 'b.test'],
      setIdFiles: ['/usr/bin/su'],
      reproducible: true,
    });
  });

  test('is an in-toto statement with SLSA provenance, which names neither mirror nor password', () => {
    const statement = JSON.parse(payloadOf(JSON.parse(record.seal)));
    expect(statement).toEqual(provenanceOf(told()));
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'web', digest: { sha256: 'ab'.repeat(32) } }],
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {
        buildDefinition: {
          buildType: 'urn:holdfast:bake:v1',
          resolvedDependencies: [{ digest: { sha256: '2'.repeat(64) } }],
        },
        runDetails: { metadata: { startedOn: '2023-11-14T22:13:21.000Z' } },
      },
    });
    expect(JSON.stringify(statement)).not.toMatch(/mirror\.test|me:word/);
  });

  test('is signed as DSSE says: openssl verifies it', async () => {
    const { payloadType, signatures } = JSON.parse(record.seal) as Envelope;
    const payload = payloadOf(JSON.parse(record.seal));
    await inFolder(async folder => {
      const [pem, message, sig] = ['key.pem', 'message', 'sig'].map(name => join(folder, name)) as [
        string,
        string,
        string,
      ];
      await writeFile(pem, key.publicKey.key.export({ type: 'spki', format: 'pem' }));
      await writeFile(message, `DSSEv1 ${payloadType.length} ${payloadType} ${Buffer.byteLength(payload)} ${payload}`);
      await writeFile(sig, Buffer.from(signatures[0]?.sig ?? '', 'base64'));
      const flags = ['pkeyutl', '-verify', '-pubin', '-inkey', pem, '-rawin', '-in', message, '-sigfile', sig];
      expect((await promisify(execFile)('openssl', flags)).stdout).toContain('Verified Successfully');
    });
  });

  test('of which any bit is flipped is refused, with the file and what to do', () => {
    const flipped = (text: string, at: number): string => {
      const bytes = Buffer.from(text);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 7));
      return bytes.toString('utf8');
    };
    for (const [file, name] of [
      ['seal', 'seal.json'],
      ['sbom', 'sbom.cdx.json'],
    ] as const)
      for (let at = 0; at < record[file].length; at += 1) {
        const { parts } = refusal(() => open({ ...record, [file]: flipped(record[file], at) }));
        expect(parts.where, `bit in byte ${at} of ${name}`).toBe(`/store/seals/ab/${name}`);
        expect(parts.fix).toContain('holdfast bake');
      }
  });

  test('of another image, or by somebody else, is told for what it is', () => {
    const other = `sha256:${'cd'.repeat(32)}` as const;
    expect(refusal(() => openSeal(record, other, trusted, '/s')).parts.why).toContain(
      'the record of another image, sha256:abab',
    );
    const { parts } = refusal(() => open(recordWith(newKey('mallory'))));
    expect(parts.what).toContain('signed by nobody whom this project trusts');
    expect(parts.why).toContain('(ada@laptop)');
    expect(refusal(() => open(record, [])).parts.why).toContain('holdfast.keys lists none');
  });

  test('with the id of a key that is trusted and the signature of another is refused', () => {
    const forged = JSON.parse(recordWith(newKey('mallory')).seal);
    forged.signatures[0].keyid = key.publicKey.id;
    const seal = `${JSON.stringify(forged, undefined, 1)}\n`;
    expect(refusal(() => open({ ...record, seal })).parts.why).toContain('the signature of ada@laptop does not fit');
  });

  test('is kept in the store, and replaced by a later one', () =>
    inFolder(async store => {
      expect(await readSeal(store, digest, trusted)).toBeUndefined();
      await writeSeal(sealFolder(store, digest, key.publicKey, '0'), record);
      await writeSeal(sealFolder(store, digest, key.publicKey, '0'), recordWith(key, { reproducible: false }));
      expect((await readSeal(store, digest, trusted))?.reproducible).toBe(false);
      expect((await readdir(sealFolder(store, digest, key.publicKey, '0'))).sort()).toEqual([
        'sbom.cdx.json',
        'seal.json',
      ]);
    }));

  test('by a key of another project stands beside it, and counts there alone', () =>
    inFolder(async store => {
      const stranger = newKey('mallory');
      await writeSeal(sealFolder(store, digest, stranger.publicKey, '0'), recordWith(stranger));
      expect(await readSeal(store, digest, trusted)).toBeUndefined();
      await writeSeal(sealFolder(store, digest, key.publicKey, '0'), record);
      expect((await readSeal(store, digest, trusted))?.signer.id).toBe(key.publicKey.id);
      expect((await readSeal(store, digest, [stranger.publicKey]))?.signer.id).toBe(stranger.publicKey.id);
    }));

  test('whose bill of materials is gone, or no text, is refused', () =>
    inFolder(async store => {
      await writeSeal(sealFolder(store, digest, key.publicKey, '0'), record);
      const sbom = join(sealFolder(store, digest, key.publicKey, '0'), 'sbom.cdx.json');
      const bytes = await readFile(sbom);
      bytes[3] = 0xff;
      await writeFile(sbom, bytes);
      await expect(readSeal(store, digest, trusted)).rejects.toMatchObject({ parts: { where: sbom } });
      await rm(sbom);
      await expect(readSeal(store, digest, trusted)).rejects.toMatchObject({ parts: { where: sbom } });
    }));
});

test('what went in is read off the recipe’s locked steps', () => {
  const known = { about: '', inputs: {}, epoch: 1 };
  const nginx = { name: 'nginx', version: '1', architecture: 'amd64', size: 1, sha256: 'aa', suite: 's', path: 'p' };
  const install = { key: 'k', packages: [nginx], epoch: 1 };
  const tarball = { name: 'zod', version: '4.6.7', integrity: 'sha512-AQ==' };
  expect(
    madeOf({
      steps: [
        { ...known, do: 'packages', install, details: { suite: 'bookworm', exclude: [] } },
        {
          ...known,
          do: 'npm-ci',
          files: {},
          tarballs: [tarball],
          step: { do: 'npm-ci', folder: 'app', to: '/app', omit: [], scripts: [] },
        },
        {
          ...known,
          do: 'copy',
          files: [{ path: 'app/a.js', content: 'bb' }],
          step: { do: 'copy', from: 'app', to: '/app', owner: '0:0', ignore: [] },
        },
      ],
    }),
  ).toEqual({ packages: [nginx], tarballs: { 'zod@4.6.7': 'sha512-AQ==' }, files: { 'app/a.js': 'bb' } });
});

test('what went in is told by digest, in one order', () => {
  const sha512 = Buffer.alloc(64, 1);
  expect(
    dependenciesOf({
      packages: [
        {
          name: 'nginx',
          version: '1.22.1-9+deb12u2',
          architecture: 'amd64',
          size: 1,
          sha256: 'aa',
          suite: 'bookworm',
          path: 'pool/n.deb',
        },
      ],
      tarballs: { '@scope/one@1.0.0': `sha512-${sha512.toString('base64')}` },
      files: { 'app/a b.js': 'bb' },
    }),
  ).toEqual([
    { uri: 'file:app/a%20b.js', digest: { sha256: 'bb' } },
    {
      uri: 'pkg:deb/debian/nginx@1.22.1-9%2Bdeb12u2?arch=amd64',
      digest: { sha256: 'aa' },
      annotations: { suite: 'bookworm', path: 'pool/n.deb' },
    },
    { uri: 'pkg:npm/%40scope/one@1.0.0', digest: { sha512: sha512.toString('hex') } },
  ]);
});
