/** Something with a digest (in-toto attestation framework, ResourceDescriptor v1). */
export interface ResourceDescriptor {
  readonly name?: string;
  readonly uri?: string;
  /** By algorithm, in hex. */
  readonly digest: Readonly<Record<string, string>>;
  readonly mediaType?: string;
  readonly annotations?: Readonly<Record<string, unknown>>;
}

/** An in-toto Statement v1 whose predicate is SLSA Provenance v1. */
export interface Statement {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly [ResourceDescriptor];
  readonly predicateType: 'https://slsa.dev/provenance/v1';
  readonly predicate: {
    readonly buildDefinition: {
      readonly buildType: string;
      readonly externalParameters: Readonly<Record<string, unknown>>;
      readonly internalParameters: Readonly<Record<string, unknown>>;
      readonly resolvedDependencies: readonly ResourceDescriptor[];
    };
    readonly runDetails: {
      readonly builder: { readonly id: string; readonly version: Readonly<Record<string, string>> };
      readonly metadata: { readonly invocationId: string; readonly startedOn: string; readonly finishedOn: string };
      readonly byproducts: readonly ResourceDescriptor[];
    };
  };
}

export const statementType = 'application/vnd.in-toto+json';
