/** Why a person, or the machine, wants this to end. */
export type StopCause = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'timeout';

/** What stops a verb that was asked to. No problem of anybody's. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly by: StopCause;

  constructor(by: StopCause) {
    super(`stopped by ${by}`);
    this.by = by;
  }

  /** As shells have it: 128 and the number of the signal. Time that is up means that something was not reached. */
  get exit(): number {
    return { SIGHUP: 129, SIGINT: 130, SIGTERM: 143, timeout: 3 }[this.by];
  }
}

/** Two ways to end early: to stop and go back, and to leave all as it is. */
export interface Stopping {
  readonly signal: AbortSignal;
  readonly abandon: AbortSignal;
  /** Told of each wish to end, the first and the second. */
  onStop: (by: StopCause, abandon: boolean) => void;
  /** Stops by itself when so many milliseconds are over. */
  endAfter(milliseconds: number): void;
}

/** Hears Ctrl-C, SIGTERM and a terminal that is closed: once to stop, twice to abandon, a third time to be gone at once. */
export function hearSignals(): Stopping {
  const [stop, abandon] = [new AbortController(), new AbortController()];
  const stopping: Stopping = {
    signal: stop.signal,
    abandon: abandon.signal,
    onStop: () => {},
    endAfter: time => void setTimeout(() => stop.signal.aborted || ask('timeout'), time).unref(),
  };
  const ask = (by: StopCause): void => {
    const cause = new Stopped(by);
    if (abandon.signal.aborted) process.exit(cause.exit);
    const isSecond = stop.signal.aborted;
    (isSecond ? abandon : stop).abort(cause);
    stopping.onStop(by, isSecond);
  };
  process.on('SIGINT', ask).on('SIGTERM', ask).on('SIGHUP', ask);
  return stopping;
}

/** Resolves as the work does, or rejects at once when it is to stop: for what only looks. */
export function untilStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop));
}
