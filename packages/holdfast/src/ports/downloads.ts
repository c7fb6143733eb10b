/** What is wanted of the world, known by its digest beforehand. */
export interface WantedFile {
  /** What it is, for people: `nginx 1.22.1-9 (amd64)`. */
  readonly about: string;
  /** Where it may be had: tried in this order. */
  readonly urls: readonly string[];
  /** In hex. */
  readonly digest: { readonly algorithm: 'sha256' | 'sha512' | 'sha1'; readonly hex: string };
  /** In bytes, where it is known; no more than that is taken. */
  readonly size?: number;
  /** HTTP headers, such as a token for a private registry. Never shown. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What a person can do when no place has it any more. */
  readonly gone?: string;
}

export interface WantedDocument {
  readonly about: string;
  readonly urls: readonly string[];
  /** The most that is taken, in bytes. */
  readonly limit: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The `cause` of a Problem that {@link Downloads} throws. */
export interface Answered {
  /** The HTTP status of the last answer; undefined where there was none. */
  readonly status?: number | undefined;
}

/**
 * The one way by which baking reaches the world, and the content-addressed store of what it brought. Everything that
 * it hands out was verified at that moment, also what was in the store before: a damaged file is taken away, fetched
 * again where that can be done, and refused otherwise.
 *
 * Survives mirrors that send half a file, hang, redirect or fail for a while: several tries with growing pauses, a
 * limit on silence, a bound on size. Throws a Problem (exit 3) that names what, where and how often it was tried.
 * Several processes may use one store at once; what is in it appears whole or not at all.
 */
export interface Downloads {
  /** The path of the file in the store. Asks the network only when the store has none. */
  file(wanted: WantedFile, signal: AbortSignal): Promise<string>;
  /** What has no digest known beforehand: the caller verifies it by other means. Not stored. */
  document(wanted: WantedDocument, signal: AbortSignal): Promise<Uint8Array>;
  /** Whether the store has it, without reading it. */
  has(digest: WantedFile['digest']): boolean;
  /** Hosts, as in `host` or `host:port`, that were contacted through this object. */
  readonly contacted: ReadonlySet<string>;
}
