import { setTimeout as pause } from 'node:timers/promises';
import type { Ended } from '../../../ports/looking/command-runner.ts';
import type { Spawned } from '../../../ports/looking/spawn.ts';
import { type Limits, TalkEnd } from './exchange.ts';
import { type Talk, talkWith } from './talk.ts';

/**
 * A shell inside of a target that stays, and runs what it is told one after another. What its commands print can't be
 * taken for what it says itself: the mark that ends the output of each is made when that command is sent.
 */
export interface Session extends Disposable {
  /** The id of its process group, as the target has it. */
  readonly pid: number;
  /** Runs lines of shell to their end. */
  run(script: string, limits: Limits, signal: AbortSignal): Promise<Ended>;
  /** Why nothing can be run any more. */
  readonly over: string | undefined;
  /** Lets the shell end by itself, which it does at once where nothing runs in it. */
  leave(): Promise<void>;
}

/** How long a shell may take to say its first word, and to end after its last, in milliseconds. */
const patience = { first: 10_000, last: 1_000 } as const;

/** Makes a session of a shell that was just started. Rejects with a TalkEnd where that is none. */
export async function sessionOf(shell: Spawned, signal: AbortSignal): Promise<Session> {
  const talk = talkWith(shell);
  const pid = await pidOf(talk, AbortSignal.any([signal, AbortSignal.timeout(patience.first)])).catch(
    (error: unknown) => {
      shell[Symbol.dispose]();
      throw error;
    },
  );
  return {
    pid,
    run: talk.ask,
    get over() {
      return talk.over;
    },
    async leave() {
      shell.input.end('exit\n');
      await Promise.race([talk.silence, pause(patience.last, undefined, { ref: false })]);
      shell[Symbol.dispose]();
    },
    [Symbol.dispose]: () => shell[Symbol.dispose](),
  };
}

async function pidOf(talk: Talk, signal: AbortSignal): Promise<number> {
  const { stdout } = await talk.ask('echo $2', { most: 1 << 20 }, signal);
  const said = Buffer.from(stdout.first).toString('latin1');
  const pid = Number(said);
  if (!Number.isInteger(pid) || pid < 1) throw new TalkEnd('its shell does not say its process id', said);
  return pid;
}
