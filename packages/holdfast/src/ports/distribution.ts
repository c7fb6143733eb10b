import type { TreeChange, TreeEntry } from '../kit/tree.ts';
import type { DebianSpec } from '../model/spec/recipe.ts';
import type { ImageTree } from './image-tree.ts';

/** As Debian calls it. */
export type Architecture = 'amd64' | 'arm64';

/** What is to be installed, and on top of what. */
export interface PackageRequest {
  readonly suite: string;
  readonly architecture: Architecture;
  /** What every image begins with; absent for packages on top of others. */
  readonly set?: DebianSpec['set'];
  readonly packages: readonly string[];
  /** What is installed below already. */
  readonly below: readonly LockedPackage[];
  readonly mirror?: string;
}

/** A package as `holdfast.lock` holds it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** `amd64`, or `all`. */
  readonly architecture: string;
  /** Of the .deb, in bytes. */
  readonly size: number;
  /** Of the .deb, in hex. */
  readonly sha256: string;
  /** The suite that it was found in: `bookworm-security`. */
  readonly suite: string;
  /** Within the mirror: `pool/main/n/nginx/nginx_1.22.1-9_amd64.deb`. */
  readonly path: string;
  /** Source package and version, where they differ from its own: `openssl`, `3.0.17-1`. */
  readonly source?: string;
}

/** One state of a suite's index, as the archive signed it. */
export interface LockedSuite {
  readonly suite: string;
  /** When the archive made it: ISO 8601, UTC. */
  readonly date: string;
  /** Of the InRelease file, in hex. */
  readonly sha256: string;
}

export interface Resolution {
  /** What is to be added, sorted by name. */
  readonly packages: readonly LockedPackage[];
  readonly suites: readonly LockedSuite[];
}

export interface UnpackRequest {
  readonly suite: string;
  readonly architecture: Architecture;
  readonly packages: readonly LockedPackage[];
  /** Absent for the base. */
  readonly below?: ImageTree;
  readonly exclude: readonly string[];
  readonly mirror?: string;
  /** Seconds since 1970: no time in the image is later. */
  readonly epoch: number;
  /** A folder of the caller's for what is unpacked, which stays until the layer is written. */
  readonly scratch: string;
}

/** Packages as a tree that is unpacked, and not yet configured. */
export interface Unpacked {
  readonly entries: readonly TreeEntry[];
  /** What a shell must run as root, over what is below and this tree, to configure them; empty where nothing is to run. */
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  /**
   * What the script left, made the same each time: without what depends on when, where and how often it ran. Throws a
   * Problem when packages are left that are not configured.
   */
  settled(change: TreeChange): Promise<Settled>;
}

export interface Settled extends TreeChange {
  /**
   * What was taken out because no two instances may share it, such as host keys: absolute paths, sorted, each with
   * what makes it anew.
   */
  readonly perInstance: readonly { readonly path: string; readonly remade: string }[];
}

/** A distribution of software packages: how to find them, and how to unpack them without its own tools. */
export interface Distribution {
  /** Folders in which its tools keep what is for the moment only, and flush it to the disk each time. */
  readonly passing: readonly string[];
  /**
   * Finds what to install, as `apt-get --no-install-recommends` would, in an index whose signature was verified. The
   * one call that asks the network for an index. Throws a Problem for what can't be found, conflicts, or is not signed.
   */
  resolve(request: PackageRequest, signal: AbortSignal): Promise<Resolution>;
  /** Fetches what the store lacks, verified by SHA-256, and unpacks. */
  unpack(request: UnpackRequest, signal: AbortSignal): Promise<Unpacked>;
}
