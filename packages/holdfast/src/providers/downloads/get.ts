import { type Dispatcher, request } from 'undici';
import { Setback, setbackOf } from './setback.ts';

export interface GetOptions {
  readonly agentFor: (url: URL) => Dispatcher;
  /** Milliseconds without a byte after which a place is given up. */
  readonly silence: number;
  /** Milliseconds after which one that crawls is given up too: one that brings less than 1 kB a second. */
  readonly crawl: number;
  /** Each host is added before it is asked. */
  readonly contacted: Set<string>;
}

type Headers = Readonly<Record<string, string>>;

/** One GET: the bytes of its answer, redirects followed. */
export type Get = (url: string, headers: Headers, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>;

const mostRedirects = 5;

/** Throws a {@link Setback} for all that a place can do wrong, also while the bytes are read. */
export const getter =
  (options: GetOptions): Get =>
  async (url, headers, signal) => {
    let at = urlOf(url);
    const home = at.origin;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const answer = await ask(at, at.origin === home ? headers : {}, signal, options);
      if (answer.statusCode === 200) return told(answer.body, options.crawl);
      const next = nextOf(at, answer);
      await answer.body.dump().catch(() => {});
      if (!next) throw refused(answer.statusCode);
      at = next;
    }
    throw new Setback(`leads on and on: more than ${mostRedirects} redirects`, { isFinal: true });
  };

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new Setback('is no address of http or https', { isFinal: true });
}

async function ask(url: URL, headers: Headers, signal: AbortSignal, { agentFor, silence, contacted }: GetOptions) {
  contacted.add(url.host);
  const { origin, pathname, search } = url;
  return await request(`${origin}${pathname}${search}`, {
    dispatcher: agentFor(url),
    headers: { 'accept-encoding': 'identity', 'user-agent': 'holdfast', ...signedIn(url), ...headers },
    headersTimeout: silence,
    bodyTimeout: silence,
    signal,
  }).catch(error => Promise.reject(setbackOf(error)));
}

/** Who signs in by the address itself, as in `https://user:password@host/`. */
function signedIn({ username, password }: URL): Headers {
  if (!username) return {};
  const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(plain).toString('base64')}` };
}

const redirects = new Set([301, 302, 303, 307, 308]);

function nextOf(at: URL, { statusCode, headers }: Dispatcher.ResponseData): URL | undefined {
  const { location } = headers;
  if (!redirects.has(statusCode) || typeof location !== 'string' || !URL.canParse(location, at.href)) return undefined;
  const next = new URL(location, at);
  if (at.protocol === 'https:' && next.protocol !== 'https:')
    throw new Setback(`leads from https to ${next.protocol.slice(0, -1)} at ${next.host}, which is not followed`, {
      isFinal: true,
    });
  return urlOf(next.href);
}

const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

const refused = (status: number): Setback => new Setback(`answered ${status}`, { isFinal: !isPassing(status), status });

async function* told(body: AsyncIterable<Uint8Array>, crawl: number): AsyncGenerator<Uint8Array> {
  const start = performance.now();
  let length = 0;
  try {
    for await (const piece of body) {
      length += piece.length;
      const time = performance.now() - start;
      if (time > crawl && length < time) throw new Setback('crawls: less than 1 kB a second', { isFinal: false });
      yield piece;
    }
  } catch (error) {
    throw setbackOf(error);
  }
}
