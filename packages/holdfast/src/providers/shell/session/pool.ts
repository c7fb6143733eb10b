import type { Ended } from '../../../ports/looking/command-runner.ts';
import type { Limits } from './exchange.ts';
import type { Session } from './session.ts';

/** The sessions of one target. Most of the time it is one. */
export interface Pool extends AsyncDisposable {
  /** Runs lines of shell in a session that is free. Rejects where no session can be had, and with what ended it. */
  run(script: string, limits: Limits, late: () => AbortSignal): Promise<Ended>;
}

export interface Sessions {
  open(): Promise<Session>;
  /** Ends a session together with all that it started. */
  kill(session: Session): Promise<void>;
}

interface Job {
  run(session: Session): Promise<void>;
  fail(error: unknown): void;
}

/**
 * Another session costs as much as some fifty quick commands: it is opened only where some wait for one that has run for
 * so long, in milliseconds, and no sooner than opening one took. A machine with much to do would have more of it.
 */
const waitBeforeAnother = 200;
const mostSessions = 4;

export function poolOf(sessions: Sessions): Pool {
  const jobs: Job[] = [];
  const idle: Session[] = [];
  const killing = new Set<Promise<void>>();
  const working = new Set<Promise<void>>();
  let busy = 0;
  let openingTook = 0;

  function work(): void {
    const worker = doAll().finally(() => working.delete(worker));
    working.add(worker);
  }

  /** Whether one is busy must change at the very moment in which it finds nothing more to do. */
  async function doAll(): Promise<void> {
    busy += 1;
    for (let job = jobs.shift(); job; job = jobs.shift()) await doIn(job);
    busy -= 1;
  }

  async function doIn(job: Job): Promise<void> {
    try {
      const session = fresh() ?? (await opened());
      const slow = setInterval(anotherToo, Math.max(waitBeforeAnother, openingTook));
      await job.run(session).finally(() => clearInterval(slow));
      if (session.over === undefined) idle.push(session);
      else drop(session);
    } catch (error) {
      job.fail(error);
    }
  }

  async function opened(): Promise<Session> {
    const since = performance.now();
    const session = await sessions.open();
    openingTook = performance.now() - since;
    return session;
  }

  function fresh(): Session | undefined {
    for (let session = idle.pop(); session; session = idle.pop()) {
      if (session.over === undefined) return session;
      drop(session);
    }
    return undefined;
  }

  function drop(session: Session): void {
    const killed = sessions.kill(session).finally(() => killing.delete(killed));
    killing.add(killed);
  }

  function anotherToo(): void {
    if (jobs.length > 0 && busy < mostSessions) work();
  }

  return {
    run(script, limits, late) {
      const { promise, resolve, reject } = Promise.withResolvers<Ended>();
      jobs.push({ run: session => session.run(script, limits, late()).then(resolve, reject), fail: reject });
      if (busy === 0) work();
      return promise;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(working);
      await Promise.all([...idle.splice(0).map(session => session.leave()), ...killing]);
    },
  };
}
