import type { StepOf } from '../../model/spec/recipe.ts';
import type { LockedTarball } from '../../ports/npm-registry.ts';
import type { FoundInstall } from '../lock/lock-book.ts';

/** A step of which every package and every file is known: what it makes follows from it and from what is below. */
export type LockedStep = Known &
  (
    | { readonly do: 'packages'; readonly install: FoundInstall; readonly details: InstallDetails }
    | { readonly do: 'nodejs'; readonly tarballs: readonly LockedTarball[]; readonly step: StepOf<'nodejs'> }
    | {
        readonly do: 'npm-ci';
        readonly tarballs: readonly LockedTarball[];
        /** What matters of package.json and package-lock.json. */
        readonly files: unknown;
        readonly step: StepOf<'npm-ci'>;
      }
    | { readonly do: 'copy'; readonly files: readonly CopiedFile[]; readonly step: StepOf<'copy'> }
    | { readonly do: 'holdfast'; readonly files: readonly CopiedFile[]; readonly step: StepOf<'holdfast'> }
    | { readonly do: 'run'; readonly step: StepOf<'run'> }
    | { readonly do: 'user'; readonly step: StepOf<'user'>; readonly isImplied: boolean }
  );

interface Known {
  /** For people, and for the history of the image: `packages nginx`. */
  readonly about: string;
  /** All that goes in, as plain data. */
  readonly inputs: unknown;
  /** Seconds since 1970: nothing in its layer is later. */
  readonly epoch: number;
}

/** A file that goes into an image. */
export interface CopiedFile {
  /** Relative to `system.ts`, or to the package for what is of it. */
  readonly path: string;
  /** SHA-256 in hex. */
  readonly content: string;
}

export interface InstallDetails {
  readonly suite: string;
  readonly exclude: readonly string[];
  readonly mirror?: string;
}

export type LockedStepOf<D extends LockedStep['do']> = Extract<LockedStep, { do: D }>;
