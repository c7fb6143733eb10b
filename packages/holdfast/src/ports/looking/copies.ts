import type { Seen } from '../provider.ts';

/** How a copy is to differ from what it is a copy of. What is left out is as there. */
export interface Otherwise {
  /** In place of the entrypoint and of the command. */
  readonly command?: readonly string[];
  /** Added to what is set; `null` takes a variable away. */
  readonly env?: Readonly<Record<string, string | null>>;
  readonly user?: string;
  /** On no network, but its own loopback. */
  readonly alone?: true;
  /** Without the volumes. */
  readonly bare?: true;
  readonly readOnly?: boolean;
  readonly capabilities?: readonly string[];
  /** In bytes, thousandths of a processor, and threads; `null` takes a limit away. */
  readonly limits?: { readonly [L in 'memory' | 'cpu' | 'processes']?: number | null };
  readonly restart?: 'always';
}

/** A line for a shell that root runs in a copy: it may write anywhere, and has the capabilities that engines give. */
export interface Deeds {
  readonly line?: string;
  /** What the line needs besides. */
  readonly may?: 'SYS_ADMIN' | 'NET_ADMIN';
}

/** A throwaway copy of something that runs. Disposing of it takes it away, with all that is its own. */
export interface Copy extends AsyncDisposable {
  readonly seen: Seen;
  /** Runs a line as root inside; whether it ended well. */
  run(line: string, signal: AbortSignal): Promise<boolean>;
}

/**
 * Makes copies of what runs: of the same image, started as it is, with the same files, on a network of its own that leads
 * nowhere, and without its data: volumes that can be written to are there, and empty. What it is a copy of is not touched.
 * What a killed process of ours left goes with the next work of a workshop. Throws a Problem where the engine refuses.
 */
export interface Copies {
  copy(of: Seen, otherwise: Otherwise, deeds: Deeds, signal: AbortSignal): Promise<Copy>;
}
