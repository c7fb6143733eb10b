import { iso } from '../../../kit/clock.ts';
import { digestOf, sha256 } from '../../../kit/hash.ts';
import type { ImageSource } from '../../../model/spec/image-spec.ts';
import type { Digest } from '../../../ports/baked-image.ts';
import type { Examined } from '../examine/examined.ts';
import type { ResourceDescriptor, Statement } from './statement.ts';

/** Our way of making images, as SLSA names one: no host stands behind it. */
export const buildType = 'urn:holdfast:bake:v1';

/** What is told of an image that passed. */
export interface Provenance {
  /** As the system calls it: `web`. */
  readonly name: string;
  readonly digest: Digest;
  /** SHA-256 over all that went in, in hex. */
  readonly inputs: string;
  readonly source: ImageSource;
  /** Seconds since 1970: no time in the image is later. */
  readonly epoch: number;
  readonly dependencies: readonly ResourceDescriptor[];
  /** SHA-256 of holdfast.lock, in hex; absent where nothing of it was used. */
  readonly lock?: string;
  /** The bill of materials as it is stored. */
  readonly sbom: string;
  readonly checks: readonly Examined[];
  readonly setIdFiles: readonly string[];
  /** Hosts that were contacted for it. */
  readonly contacted: readonly string[];
  /** Whether a second bake gave the same bits; absent where none was made. */
  readonly reproducible?: boolean;
  /** Of Holdfast itself. */
  readonly version: string;
  /** Of this run of it. */
  readonly invocation: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly finishedAt: number;
}

/** The names of what is told besides, in the record. */
export const byproduct = { sbom: 'sbom.cdx.json', checks: 'checks', bake: 'bake' } as const;

/** The statement that is signed. Pure. */
export function provenanceOf(told: Provenance): Statement {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: told.name, digest: { sha256: told.digest.slice('sha256:'.length) } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType,
        externalParameters: { source: withoutPlace(told.source) },
        internalParameters: {
          format: 1,
          inputs: told.inputs,
          epoch: told.epoch,
          ...(told.lock !== undefined && { lock: told.lock }),
        },
        resolvedDependencies: told.dependencies,
      },
      runDetails: {
        builder: { id: 'urn:holdfast:builder:v1', version: { holdfast: told.version } },
        metadata: {
          invocationId: told.invocation,
          startedOn: iso(told.startedAt),
          finishedOn: iso(told.finishedAt),
        },
        byproducts: byproductsOf(told),
      },
    },
  };
}

/** The mirror decides nothing: what it brought was known by its digest. And its address may hold a password. */
function withoutPlace(source: ImageSource): unknown {
  if (source.from !== 'recipe') return source;
  const { mirror: _, ...base } = source.base;
  return { ...source, base };
}

const byproductsOf = (told: Provenance): readonly ResourceDescriptor[] => [
  { name: byproduct.sbom, mediaType: 'application/vnd.cyclonedx+json', digest: { sha256: sha256(told.sbom) } },
  noted(byproduct.checks, { results: told.checks }),
  noted(byproduct.bake, {
    contacted: [...told.contacted].sort(),
    setIdFiles: told.setIdFiles,
    ...(told.reproducible !== undefined && { reproducible: told.reproducible }),
  }),
];

const noted = (name: string, annotations: Readonly<Record<string, unknown>>): ResourceDescriptor => ({
  name,
  mediaType: 'application/json',
  digest: { sha256: digestOf(annotations) },
  annotations,
});
