import type { Downloads } from '../../ports/downloads.ts';
import type { NpmRegistry } from '../../ports/npm-registry.ts';
import type { NpmConfig } from './config.ts';
import { newestOf, packumentFrom, stableIn } from './packument.ts';
import { noneBegins } from './problems.ts';
import { tarballsFrom } from './tarballs.ts';

export { npmConfigOf } from './config.ts';

export interface NpmRegistryOptions {
  readonly downloads: Downloads;
  readonly config: NpmConfig;
}

/** The npm registry that this machine is configured for, by the protocol that all of them speak. */
export function npmRegistry(from: NpmRegistryOptions): NpmRegistry {
  return {
    async newest(name, version, signal) {
      const packument = await packumentFrom(from, name, signal);
      const found = newestOf(packument, version);
      if (found) return found;
      throw noneBegins(name, version, packument.registry, stableIn(packument).slice(0, 3));
    },
    fetch: (tarballs, signal) => tarballsFrom(from, tarballs, signal),
  } satisfies NpmRegistry;
}
