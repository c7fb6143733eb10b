import type { Instances } from '../../ports/instances.ts';
import type { Seen } from '../../ports/provider.ts';
import { isInstance, isRunningInstance } from '../observe/world.ts';

/** How long what an instance runs before it is stopped may take, in milliseconds. */
const patience = 30_000;

export interface FarewellParts {
  readonly instances: Pick<Instances, 'run'>;
  readonly signal: AbortSignal;
  readonly patience?: number;
}

/**
 * Runs what an instance was born to run before it is stopped on purpose. That it did not work stops nothing: says so, by its
 * exit code alone, as what it prints may hold secrets.
 */
export async function farewell(seen: Seen, parts: FarewellParts): Promise<string | undefined> {
  const command = isInstance(seen) && isRunningInstance(seen) ? seen.state.stopBefore : undefined;
  if (!command) return undefined;
  const limit = AbortSignal.timeout(parts.patience ?? patience);
  const exitCode = await exitOf(seen, command, parts, limit);
  parts.signal.throwIfAborted();
  if (exitCode === 0) return undefined;
  return `what it runs before it stops ${exitCode === undefined ? didNotRun(limit) : `ended with exit code ${exitCode}`}`;
}

const didNotRun = ({ aborted }: AbortSignal): string => (aborted ? 'took too long' : 'could not be run');

const exitOf = (seen: Seen, command: readonly string[], { instances, signal }: FarewellParts, limit: AbortSignal) =>
  instances.run(seen, command, AbortSignal.any([signal, limit])).then(
    ({ exitCode }) => exitCode,
    () => undefined,
  );
