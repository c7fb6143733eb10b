import type { Ended } from '../../../ports/looking/command-runner.ts';
import type { Spawn, SpawnOptions } from '../../../ports/looking/spawn.ts';
import type { Seen } from '../../../ports/provider.ts';
import { type Limits, TalkEnd, tooMuch } from './exchange.ts';
import { tape } from './tape.ts';
import { until } from './until.ts';

/** Runs one command by itself. Rejects when it prints too much, or when nobody waits any more; it may run on then. */
export async function runSingly(
  spawn: Spawn,
  target: Seen,
  command: readonly string[],
  options: SpawnOptions,
  limits: Limits,
  signal: AbortSignal,
): Promise<Ended> {
  using spawned = await spawn(target, command, options, signal);
  spawned.input.on('error', () => {});
  spawned.input.end();
  const tapes = { stdout: tape(limits.kept), stderr: tape(limits.kept) };
  const heard = async (): Promise<number> => {
    for await (const { stream, bytes } of spawned.output) {
      tapes[stream].take(bytes);
      if (tapes[stream].total > limits.most) throw new TalkEnd(tooMuch(limits));
    }
    return spawned.exitCode();
  };
  const exitCode = await until(signal, heard());
  const ended = { exitCode, stdout: tapes.stdout.printed(), stderr: tapes.stderr.printed() };
  const refusal = refusalOf(ended);
  if (refusal !== undefined) throw new TalkEnd(refusal);
  return ended;
}

/** What a container runtime prints in the place of a command that it could not start. */
function refusalOf({ exitCode, stdout }: Ended): string | undefined {
  const said = Buffer.from(stdout.first).toString('utf8');
  return exitCode >= 126 ? startFailure(said) : undefined;
}

/** The runtime's reason why nothing was started, in its own words. */
export const startFailure = (said: string): string | undefined =>
  /^OCI runtime exec failed: (?:exec failed: )?(?:unable to start container process: )?(.*?)(?:: unknown)?\s*$/.exec(
    said,
  )?.[1];
