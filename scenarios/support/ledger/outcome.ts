import type { Outcome } from './entry.ts';

/** What came of sending a row: how far it got, and what was answered. */
export interface Answer {
  /** Whether COMMIT had been sent. */
  readonly committing: boolean;
  /** What COMMIT was answered with: a transaction that failed before answers ROLLBACK. */
  readonly command?: string;
  /** SQLSTATEs of the warnings that came with it. */
  readonly warnings: readonly string[];
  readonly error?: { readonly severity?: string | undefined; readonly message: string };
}

/** `canceling wait for synchronous replication`: committed there, and perhaps nowhere else. COMMIT succeeds all the same. */
const notReplicated = '01000';

/**
 * An error of severity ERROR is the server's own word that nothing was committed. FATAL, PANIC, and a connection that
 * broke are not.
 */
export function outcomeOf({ committing, command, warnings, error }: Answer): Outcome {
  if (!committing || warnings.includes(notReplicated)) return 'failed';
  if (error) return error.severity === 'ERROR' ? 'failed' : 'unknown';
  return command === 'COMMIT' ? 'ok' : 'failed';
}

/** In words; undefined where the row is acknowledged. */
export function reasonOf(answer: Answer): string | undefined {
  if (outcomeOf(answer) === 'ok') return undefined;
  const { error, warnings, command } = answer;
  return error?.message ?? (warnings.length > 0 ? `warnings ${warnings}` : `answered ${command}`);
}
