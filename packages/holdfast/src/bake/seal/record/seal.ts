import * as z from 'zod/mini';
import { digestOf, sha256 } from '../../../kit/hash.ts';
import { Problem } from '../../../kit/problem.ts';
import type { Digest } from '../../../ports/baked-image.ts';
import type { Examined } from '../examine/examined.ts';
import { type Envelope, payloadOf, printEnvelope, type SigningKey, signed, signerOf } from './dsse.ts';
import { buildType, byproduct } from './provenance.ts';
import type { PublicKey } from './public-key.ts';
import { type ResourceDescriptor, type Statement, statementType } from './statement.ts';

/** The record of an image that passed, as its two files hold it. */
export interface SealFiles {
  /** The signed statement: a DSSE envelope. */
  readonly seal: string;
  /** The bill of materials. */
  readonly sbom: string;
}

/** A record that was verified. */
export interface Seal {
  readonly digest: Digest;
  /** SHA-256 over all that went into the image, in hex. */
  readonly inputs: string;
  readonly statement: Statement;
  readonly signer: PublicKey;
  /** SHA-256 of the signed record, in hex. */
  readonly record: string;
  readonly checks: readonly Examined[];
  readonly contacted: readonly string[];
  readonly setIdFiles: readonly string[];
  readonly reproducible?: boolean;
  readonly sbom: string;
}

export const signSeal = (statement: Statement, key: SigningKey): string =>
  printEnvelope(signed(statementType, JSON.stringify(statement), key));

/** Verifies a record, bit by bit. Throws a Problem that says which file is wrong, and what to do. Pure. */
export function openSeal(files: SealFiles, digest: Digest, keys: readonly PublicKey[], where: string): Seal {
  const damaged = (file: keyof typeof names, why: string): Problem =>
    damagedSeal(digest, `${where}/${names[file]}`, why);
  const envelope = parsedEnvelope(files.seal);
  if (!envelope) throw damaged('seal', 'it is not the record that was written there');
  const signer = signerOf(envelope, keys);
  if (!signer) throw notSigned(digest, envelope, keys, `${where}/${names.seal}`);
  const statement = JSON.parse(payloadOf(envelope)) as Statement;
  const wrong = wrongStatement(statement, envelope, digest);
  if (wrong) throw damaged('seal', wrong);
  const [sbom, checks, bake] = [byproduct.sbom, byproduct.checks, byproduct.bake].map(name => partOf(statement, name));
  if (!isOf(checks) || !isOf(bake)) throw damaged('seal', 'the results in it are not those that it names by digest');
  if (sbom?.digest.sha256 !== sha256(files.sbom)) throw damaged('sbom', 'it is not the one that was signed');
  const { results } = checks.annotations as { readonly results: readonly Examined[] };
  return {
    digest,
    inputs: String(statement.predicate.buildDefinition.internalParameters.inputs),
    statement,
    signer,
    record: sha256(files.seal),
    checks: results,
    ...(bake.annotations as Pick<Seal, 'contacted' | 'setIdFiles' | 'reproducible'>),
    sbom: files.sbom,
  };
}

export const names = { seal: 'seal.json', sbom: byproduct.sbom } as const;

const schema = z.strictObject({
  payloadType: z.string(),
  payload: z.string(),
  signatures: z.array(z.strictObject({ keyid: z.string(), sig: z.string() })),
});

/** Undefined for what is not spelled as it was written: base64 and JSON have several spellings of the same. */
function parsedEnvelope(text: string): Envelope | undefined {
  try {
    const envelope = schema.parse(JSON.parse(text));
    const isExact = (base64: string) => Buffer.from(base64, 'base64').toString('base64') === base64;
    const exact =
      printEnvelope(envelope) === text &&
      [envelope.payload, ...envelope.signatures.map(({ sig }) => sig)].every(isExact);
    return exact ? envelope : undefined;
  } catch {
    return undefined;
  }
}

function wrongStatement(statement: Statement, envelope: Envelope, digest: Digest): string | undefined {
  if (envelope.payloadType !== statementType) return `its payload is of type ${envelope.payloadType}`;
  if (statement.predicate.buildDefinition.buildType !== buildType) return 'it tells of something else than a bake';
  const told = `sha256:${statement.subject[0].digest.sha256}`;
  return told === digest ? undefined : `it is the record of another image, ${told}`;
}

const partOf = ({ predicate }: Statement, name: string): ResourceDescriptor | undefined =>
  predicate.runDetails.byproducts.find(one => one.name === name);

const isOf = (part: ResourceDescriptor | undefined): part is ResourceDescriptor =>
  part !== undefined && part.digest.sha256 === digestOf(part.annotations);

const damagedSeal = (digest: Digest, where: string, why: string): Problem =>
  new Problem({
    what: `the seal of image ${short(digest)} is damaged, or was changed`,
    where,
    why,
    fix: 'run `holdfast bake`: it examines the image again and writes a new seal',
  });

const notSigned = (digest: Digest, { signatures }: Envelope, keys: readonly PublicKey[], where: string): Problem => {
  const claimed = signatures.map(({ keyid }) => keyid);
  const known = keys.find(({ id }) => claimed.includes(id));
  if (known)
    return damagedSeal(digest, where, `the signature of ${known.comment || known.id} does not fit what it signed`);
  return new Problem({
    what: `the seal of image ${short(digest)} is signed by nobody whom this project trusts`,
    where,
    why: `its key is ${claimed.map(id => id.slice(0, 12)).join(', ') || 'none'}; holdfast.keys lists ${keys.map(({ id, comment }) => `${id.slice(0, 12)} (${comment})`).join(', ') || 'none'}`,
    fix: 'run `holdfast bake` with a key that is listed, or let somebody who reviews it add that key to holdfast.keys',
  });
};

const short = (digest: Digest): string => digest.slice(0, 'sha256:'.length + 12);
