/** A recipe: what an image is made of, as data. A step's inputs are what it names. */
export interface RecipeSpec {
  readonly from: 'recipe';
  readonly base: DebianSpec;
  /** In this order; each becomes a layer. Those of the image that it is built on come first. */
  readonly steps: readonly StepSpec[];
  readonly config: ImageConfig;
}

/** The packages that an image begins with. */
export interface DebianSpec {
  /** `'bookworm'`; its updates and security suites belong to it. */
  readonly suite: string;
  /** What is there besides the packages: Essential and passwd; or all of Priority: required and apt too. */
  readonly set: 'essential' | 'minbase';
  /** Names as apt takes them, sorted. */
  readonly packages: readonly string[];
  /** Globs of absolute paths that are not unpacked, sorted. */
  readonly exclude: readonly string[];
  /** Where packages are fetched from, when this machine's own sources are not to be asked. No part of the lock. */
  readonly mirror?: string;
}

export type StepSpec =
  | { readonly do: 'packages'; readonly packages: readonly string[]; readonly exclude: readonly string[] }
  | {
      readonly do: 'nodejs';
      /** A version or the beginning of one: `'24'`, `'24.21'`, `'24.21.0'`. */
      readonly version: string;
      readonly npm: boolean;
    }
  | {
      readonly do: 'npm-ci';
      /** Folder with `package.json` and `package-lock.json`, relative to `system.ts`. */
      readonly folder: string;
      /** Absolute path in the image; `node_modules` appears in it. */
      readonly to: string;
      readonly omit: readonly ('dev' | 'optional' | 'peer')[];
      /** Names of the packages whose install scripts may run. */
      readonly scripts: readonly string[];
    }
  | {
      readonly do: 'copy';
      /** A file or a folder, relative to `system.ts`. */
      readonly from: string;
      /** Absolute path in the image. */
      readonly to: string;
      /** `user`, `uid` or `uid:gid`. */
      readonly owner: string;
      /** Octal, for files; directories get the execute bits besides. Default: 0644, or 0755 for what is executable. */
      readonly mode?: string;
      /** Lines as in `.dockerignore`, after those of the folder's own. */
      readonly ignore: readonly string[];
    }
  | {
      readonly do: 'run';
      readonly command: readonly string[];
      readonly user: string;
      readonly workdir: string;
      readonly env: Readonly<Record<string, string>>;
      /** Whether it may reach the world, by a proxy that records which hosts. */
      readonly network: boolean;
    }
  | {
      readonly do: 'holdfast';
      /** Absolute path in the image; the package appears there. */
      readonly to: string;
    }
  | {
      readonly do: 'user';
      readonly name: string;
      /** Its group has the same name and id. */
      readonly uid: number;
      readonly home: string;
      readonly shell: string;
    };

export type StepOf<D extends StepSpec['do']> = Extract<StepSpec, { do: D }>;

/** What a container of the image is started with. */
export interface ImageConfig {
  readonly user?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly workdir?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** TCP ports, sorted. */
  readonly ports: readonly number[];
  readonly stopSignal?: string;
}
