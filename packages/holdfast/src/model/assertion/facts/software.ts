import type { Json } from '../../../kit/json.ts';

/** What a command left when it had ended. */
export interface CommandFacts {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A package that is installed whole. */
export interface PackageFacts {
  readonly version: string;
  /** What it was installed by. */
  readonly manager: 'dpkg' | 'apk' | 'rpm';
}

/** What an image is made of. */
export interface ImageFacts {
  /** Its digest: `sha256:…`. */
  readonly digest: string;
  readonly layers: number;
  /** Of all layers unpacked, in bytes. */
  readonly size: number;
  /** As its configuration has it; empty for root. */
  readonly user: string;
  /** Costly. Paths of private keys and other secrets in it. */
  readonly secrets?: readonly string[];
  /** Costly. Files that run as their owner or group, whoever starts them. */
  readonly setId?: readonly SetIdFile[];
  /** Costly. Paths of the system, as in /usr and /etc, that every user may write to. */
  readonly writable?: readonly string[];
}

export interface SetIdFile {
  readonly path: string;
  /** The package that brought it, where one did. */
  readonly package?: string;
}

/** What the command of a user's own type printed, parsed. */
export interface CustomFacts {
  readonly value: Json;
}
