import { exitCode, Problem } from '../../../kit/problem.ts';

/** What dockerode throws for an answer that is not a success. */
interface Refusal {
  readonly statusCode?: number;
  readonly code?: string;
  readonly json?: unknown;
  readonly message: string;
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'EACCES',
  'EPERM',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
]);

const asRefusal = (error: unknown): Refusal =>
  error instanceof Error ? (error as Error & Refusal) : { message: String(error) };

/** The status of the engine's answer; undefined where it gave none. */
export const statusOf = (error: unknown): number | undefined => asRefusal(error).statusCode;

/** The engine's own words. */
export function reasonOf(error: unknown): string {
  const { json, message } = asRefusal(error);
  const said = (json as { message?: unknown } | undefined)?.message;
  return typeof said === 'string' ? said : message.replace(/^\(HTTP code \d+\) [^-]* - /, '').trim();
}

export const isUnreachable = (error: unknown): boolean => unreachable.has(asRefusal(error).code ?? '');

/** Whether the engine, or the way to it, said no. Problems, aborts and mistakes of ours are something else. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error &&
  !['AbortError', 'TimeoutError'].includes(error.name) &&
  (statusOf(error) !== undefined || typeof asRefusal(error).code === 'string');

/** Makes of the engine's refusal a Problem that says what was tried. */
export async function attempt<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw isRefusal(error) ? refused(what, error) : error;
  }
}

const refused = (what: string, error: unknown): Problem =>
  new Problem({
    what,
    why: reasonOf(error),
    cause: error,
    ...(isUnreachable(error) && {
      exit: exitCode.unreachable,
      retry: true,
      fix: 'see whether the Docker Engine still runs, then do the same again',
    }),
  });

/** The result of a call, or undefined where the engine answers with one of the statuses. */
export const unless = <T>(statuses: readonly number[], call: () => Promise<T>): Promise<T | undefined> =>
  expecting(error => statuses.includes(statusOf(error) ?? 0), call);

/** The result of a call, or undefined when the object isn't there. */
export const unlessGone = <T>(call: () => Promise<T>): Promise<T | undefined> => expecting(isGone, call);

/** Engine 20.10 calls it a fault of its own when it is asked for an image that it is just removing. */
const isGone = (error: unknown): boolean =>
  statusOf(error) === 404 || (statusOf(error) === 500 && reasonOf(error) === 'layer does not exist');

async function expecting<T>(isExpected: (error: unknown) => boolean, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isExpected(error)) return undefined;
    throw error;
  }
}
