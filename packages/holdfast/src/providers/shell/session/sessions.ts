import { asProblem } from '../../../kit/problem.ts';
import { sessionCommand } from '../../../ports/looking/snapshot.ts';
import type { Spawn, SpawnOptions } from '../../../ports/looking/spawn.ts';
import type { Seen } from '../../../ports/provider.ts';
import { TalkEnd } from './exchange.ts';
import type { Sessions } from './pool.ts';
import { type Session, sessionOf } from './session.ts';
import { runSingly, startFailure } from './single.ts';

/** That a target has no shell to talk to. */
export class NoShell extends Error {
  override readonly name = 'NoShell';
}

/** How long a session that is ended may take to go, in milliseconds. */
const leaveTaking = 5_000;

/** Sessions of a shell in a target. Whether it has one is asked once. */
export function sessionsIn(spawn: Spawn, target: Seen, options: SpawnOptions = {}): Sessions {
  let without: NoShell | undefined;
  return {
    async open() {
      if (without) throw without;
      return openIn(spawn, target, options).catch(error => {
        without = error instanceof NoShell ? error : undefined;
        throw error;
      });
    },
    async kill(session) {
      session[Symbol.dispose]();
      const command = ['sh', '-c', `kill -s KILL -- -${session.pid}`];
      // Where it is gone already, or all of the target is, there is nothing to end.
      await runSingly(spawn, target, command, options, { most: 65_536 }, AbortSignal.timeout(leaveTaking)).catch(
        () => {},
      );
    },
  };
}

async function openIn(spawn: Spawn, target: Seen, options: SpawnOptions): Promise<Session> {
  const late = AbortSignal.timeout(leaveTaking * 2);
  try {
    return await sessionOf(await spawn(target, sessionCommand, options, late), late);
  } catch (error) {
    const said = error instanceof TalkEnd ? error.said : (asProblem(error).parts.why ?? '');
    const failure = startFailure(said);
    throw failure === undefined ? error : new NoShell(`it has no shell: ${failure}`);
  }
}
