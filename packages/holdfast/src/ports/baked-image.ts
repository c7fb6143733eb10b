/** `sha256:` and 64 hex digits. */
export type Digest = `sha256:${string}`;

/** One layer in the store: an uncompressed tar, so that its digest follows from its content alone. */
export interface LayerBlob {
  readonly digest: Digest;
  /** In bytes. */
  readonly size: number;
  /** Path of the tar. */
  readonly file: string;
  /** What made it, for people: `packages nginx`. */
  readonly by: string;
}

/** An image as OCI describes it (image-spec 1.1), in the store. */
export interface BakedImage {
  /** SHA-256 of the manifest: what the image is known by everywhere. */
  readonly digest: Digest;
  /** JSON, byte by byte. */
  readonly manifest: string;
  /** SHA-256 of the configuration: what Docker's own image store calls the image. */
  readonly configDigest: Digest;
  readonly config: string;
  /** Lowest first. */
  readonly layers: readonly LayerBlob[];
}
