import { setTimeout as wait } from 'node:timers/promises';
import { exitCode, Problem } from '../../kit/problem.ts';
import { Setback } from './setback.ts';

export interface Patience {
  /** Milliseconds between two tries at all places; there is one try more than pauses. */
  readonly pauses: readonly number[];
}

interface Wanted {
  readonly about: string;
  readonly urls: readonly string[];
  readonly gone?: string;
}

interface Try {
  readonly url: string;
  readonly setback: Setback;
}

/**
 * Tries each place in its turn, all of them before the first pause, until one brings it. A place that refused for good is
 * not asked again. Throws a Problem that tells each try; whatever is no {@link Setback} comes through at once.
 */
export async function tried<T>(
  wanted: Wanted,
  { pauses }: Patience,
  work: (url: string) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const tries: Try[] = [];
  let urls = wanted.urls;
  for (const pause of [0, ...pauses]) {
    if (urls.length === 0) break;
    if (pause > 0) await wait(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
    for (const url of urls) {
      signal.throwIfAborted();
      try {
        return await work(url);
      } catch (error) {
        tries.push({ url, setback: expected(error, signal) });
      }
    }
    urls = urls.filter(url => !tries.some(one => one.url === url && one.setback.isFinal));
  }
  throw notFetched(wanted, tries);
}

function expected(error: unknown, signal: AbortSignal): Setback {
  signal.throwIfAborted();
  if (error instanceof Setback) return error;
  throw error;
}

function notFetched({ about, urls, gone }: Wanted, tries: readonly Try[]): Problem {
  const last = tries.at(-1)?.setback;
  const hosts = [...new Set(urls.map(hostOf))];
  return new Problem({
    what: `${about} can't be fetched`,
    where: urls.map(shown).join(', ') || 'nowhere: no address is known',
    why: reasons(tries).join('; '),
    fix: last?.fix ?? (tries.length > 0 && tries.every(isGone) ? gone : undefined) ?? fixOf(hosts, tries),
    evidence: reasons(tries),
    exit: exitCode.unreachable,
    retry: tries.some(({ setback }) => !setback.isFinal),
    cause: last,
  });
}

const isGone = ({ setback: { status } }: Try): boolean => status === 404 || status === 410;

const fixOf = (hosts: readonly string[], tries: readonly Try[]): string =>
  tries.every(({ setback }) => setback.isFinal)
    ? `see whether ${hosts.join(', ')} still has it, or name another place to fetch it from`
    : `see whether this machine reaches ${hosts.join(', ')} (proxy? HTTPS_PROXY), and run the same again`;

/** `mirror.example answered 500 (5 tries)` */
function reasons(tries: readonly Try[]): readonly string[] {
  const told = Map.groupBy(tries, ({ url, setback }) => `${hostOf(url)} ${setback.message}`);
  return [...told].map(([reason, same]) => `${reason} (${same.length === 1 ? 'one try' : `${same.length} tries`})`);
}

export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

/** Without what may be secret: who signs in, and the query. */
const shown = (text: string): string => {
  if (!URL.canParse(text)) return text;
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname}`;
};
