import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ownModule } from '../kit/own-module.ts';
import { exitCode, Problem } from '../kit/problem.ts';
import type { LeaseOwner } from './fact.ts';
import type { LeaseAnswer, Leases } from './journal.ts';
import type { Keeping } from './keeper-worker.ts';

export interface LeaseAsk {
  readonly leases: Leases;
  readonly name: string;
  readonly owner: LeaseOwner;
  /** For how long others stand back after a sign of life, in milliseconds. Default 10,000; renewed every third of it. */
  readonly lasting?: number;
}

export interface LeaseWait extends LeaseAsk {
  /** Told who holds it, first and whenever that changes. `expires` is in milliseconds since 1970. */
  readonly onWait?: (holder: LeaseOwner, expires: number) => void;
  readonly signal?: AbortSignal;
  /** For how long to wait, in milliseconds. Default: until the signal. */
  readonly atMost?: number;
  /** About how often to ask, in milliseconds. Default 200. */
  readonly every?: number;
}

/** A lease that is ours until it is released, this process ends, or somebody took it over. */
export interface HeldLease extends AsyncDisposable {
  readonly token: number;
  /** Whom it was taken over from, who did not leave it. */
  readonly from?: LeaseOwner;
  /** Aborted when somebody else took it, with a {@link Problem}. */
  readonly lost: AbortSignal;
  /** Asks the store, and is to be asked before each effect. One that expired and that nobody took is renewed. */
  stillMine(): Promise<boolean>;
  release(): Promise<void>;
}

/** Takes the lease and keeps it. Throws a {@link Problem} (exit code 3) that says who holds it. */
export async function holdLease(ask: LeaseAsk): Promise<HeldLease> {
  const answer = await tryTake(ask);
  if (!answer.taken) throw heldByAnother(ask.name, answer.holder);
  return keep(ask, answer);
}

/** The same; undefined where somebody holds it. */
export async function holdIfFree(ask: LeaseAsk): Promise<HeldLease | undefined> {
  const answer = await tryTake(ask);
  return answer.taken ? keep(ask, answer) : undefined;
}

/** Waits until the lease is taken. Throws the signal's reason, or the {@link Problem} of {@link holdLease} after `atMost`. */
export async function waitForLease(wait: LeaseWait): Promise<HeldLease> {
  const until = performance.now() + (wait.atMost ?? Number.POSITIVE_INFINITY);
  for (let known: LeaseOwner | undefined; ; ) {
    wait.signal?.throwIfAborted();
    const answer = await tryTake(wait);
    if (answer.taken) return keep(wait, answer);
    if (performance.now() > until) throw heldByAnother(wait.name, answer.holder);
    if (!known || !isSameOwner(known, answer.holder)) wait.onWait?.(answer.holder, answer.expires);
    known = answer.holder;
    await pause(wait);
  }
}

type Taken = Extract<LeaseAnswer, { taken: true }>;

const lastingOf = ({ lasting = 10_000 }: LeaseAsk): number => lasting;

const tryTake = (ask: LeaseAsk): Promise<LeaseAnswer> => ask.leases.take(ask.name, ask.owner, lastingOf(ask));

const isSameOwner = (a: LeaseOwner, b: LeaseOwner): boolean =>
  a.host === b.host && a.boot === b.boot && a.pid === b.pid && a.started === b.started;

/** Random by half, so that those who wait don't ask in step. */
async function pause({ every = 200, signal }: LeaseWait): Promise<void> {
  const milliseconds = every * (0.75 + Math.random() / 2);
  await sleep(milliseconds, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
}

function keep(ask: LeaseAsk, { token, from }: Taken): HeldLease {
  const { leases, name } = ask;
  const lost = new AbortController();
  const lose = (): void => lost.abort(takenOver(name));
  const stop = renewInBackground({ ...leases.door, name, token, lasting: lastingOf(ask) }, lose);
  let released: Promise<void> | undefined;
  const release = (): Promise<void> => {
    stop();
    released ??= leases.leave(name, token);
    return released;
  };
  return {
    token,
    ...(from ? { from } : {}),
    lost: lost.signal,
    release,
    [Symbol.asyncDispose]: release,
    async stillMine() {
      const mine = (await leases.holds(name, token)) || (await leases.renew(name, token, lastingOf(ask)));
      if (!mine) lose();
      return mine;
    },
  };
}

/**
 * On a thread of its own, which a busy main thread can't hold up. It costs some milliseconds to start, which what is
 * over soon never pays. Neither the wait nor the thread keeps the process alive. Returns how to stop it.
 */
function renewInBackground(keeping: Keeping, lose: () => void): () => void {
  let worker: Worker | undefined;
  const start = setTimeout(
    () => {
      worker = new Worker(workerModule, { workerData: keeping });
      worker.once('message', lose);
      // Without it nobody renews: `stillMine` does when it is asked, as long as nobody took the lease.
      worker.once('error', () => {});
      worker.unref(); // The last, since listening for messages takes it back.
    },
    Math.min(200, keeping.lasting / 10),
  );
  start.unref();
  return () => {
    clearTimeout(start);
    void worker?.terminate();
  };
}

const workerModule = ownModule(import.meta.url, 'keeper-worker');

const spell = ({ user, host, pid, doing }: LeaseOwner): string => `${user}@${host} (${doing}, process ${pid})`;

const heldByAnother = (name: string, holder: LeaseOwner): Problem =>
  new Problem({
    what: `${name} is being worked on by ${spell(holder)}`,
    why: 'only one at a time may change it',
    fix: 'Wait until it is done, and run the command again',
    exit: exitCode.unreachable,
    retry: true,
  });

const takenOver = (name: string): Problem =>
  new Problem({
    what: `The lease on ${name} was taken over by another process`,
    why: 'this one gave no sign of life for too long: the machine slept, or the journal could not be written',
    fix: 'Run the command again',
    exit: exitCode.unreachable,
    retry: true,
  });
