import type { ProbeSpec } from '../../../model/spec/service-spec.ts';
import type { CommandResult } from '../../../ports/instances.ts';
import type { ProbeAnswer } from '../../../ports/prober.ts';

/** A container of an image, which exists for that image's examination alone. */
export interface Trial {
  /** Runs a command to its end. Throws a Problem where that can't be done. */
  run(command: readonly string[], signal: AbortSignal): Promise<CommandResult>;
  /** Asks once. Never throws for one that does not answer. */
  ask(probe: ProbeSpec, signal: AbortSignal): Promise<ProbeAnswer>;
  isRunning(): Promise<boolean>;
  /** The last lines that it said. */
  lastWords(): Promise<readonly string[]>;
}

/** Where an image is tried. Disposing of it takes away all that was made for it, and nothing else. */
export interface TrialGround extends AsyncDisposable {
  /** One that waits, without network, so that commands can be run in it. Made once. */
  idle(): Promise<Trial>;
  /** One that was started as the image says, on a network of its own. Made once. */
  started(): Promise<Trial>;
}

/** Opens a ground whose containers can be asked on these ports. */
export type OpenTrials = (ports: readonly number[], signal: AbortSignal) => Promise<TrialGround>;
