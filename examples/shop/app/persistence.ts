import { setTimeout as pause } from 'node:timers/promises';

/** How long a request waits for a database that is away, in milliseconds: a failover takes less. */
const patience = 30_000;
const between = 100;

/**
 * Does it again while the connection is lost, as in a failover. Nobody knows then whether it was done before, so this
 * is for what may be done twice.
 */
export async function persistently<T>(work: () => Promise<T>, until = Date.now() + patience): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isLoss(error) || Date.now() > until) throw error;
    await pause(between);
    return persistently(work, until);
  }
}

/** Whether the connection was lost or could not be made, or led to a server that takes no writes any more. */
export function isLoss(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isLoss);
  if (!(error instanceof Error)) return false;
  const { code = '' } = error as NodeJS.ErrnoException;
  return codes.has(code) || code.startsWith('08') || words.test(error.message);
}

const codes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'ETIMEDOUT'],
  // PostgreSQL: it is told to stop, stops after a crash, is starting, or has become a standby.
  ...['57P01', '57P02', '57P03', '25006'],
]);

/** What the driver says has no code. */
const words = /^(Connection terminated|Client has encountered a connection error|Query read timeout|timeout exceeded)/;
