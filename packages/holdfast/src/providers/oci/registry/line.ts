import type { Readable } from 'node:stream';
import { createSecureContext, getCACertificates } from 'node:tls';
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici';

/** What goes over the line; the body is made anew for each sending. */
export interface Sent {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: () => Readable | string;
}

export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The beginning of it. */
  readonly text: string;
}

export type Line = (sent: Sent, signal: AbortSignal) => Promise<Received>;

/** A registry takes its time to hash a large layer before it answers. */
const silence = 120_000;

/** Requests over http and https, by the proxies of the environment. Each host is added to those contacted. */
export function openLine(ca: readonly string[], contacted: Set<string>): Line {
  const agents = new Map<boolean, Dispatcher>();
  return async ({ method, url, headers, body }, signal) => {
    const { host, hostname } = new URL(url);
    const agent = agents.get(isLoopback(hostname)) ?? agentWith(ca, isLoopback(hostname));
    agents.set(isLoopback(hostname), agent);
    contacted.add(host);
    const answer = await request(url, {
      dispatcher: agent,
      method,
      headers: { 'user-agent': 'holdfast', ...headers },
      ...(body && { body: body() }),
      headersTimeout: silence,
      bodyTimeout: silence,
      signal,
    });
    return { status: answer.statusCode, headers: answer.headers, text: await beginningOf(answer.body) };
  };
}

/** `localhost`, `127.0.0.1`, `[::1]` */
export const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

/** What is on this machine is not asked by way of a proxy. */
function agentWith(ca: readonly string[], isHere: boolean): Dispatcher {
  const certificates = [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...ca])];
  const connect = { secureContext: createSecureContext({ ca: certificates }), timeout: 10_000 };
  if (isHere) return new Agent({ connect, allowH2: false });
  return new EnvHttpProxyAgent({ connect, requestTls: connect, proxyTls: connect, allowH2: false });
}

const mostOfText = 1 << 16;

async function beginningOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    pieces.push(piece);
    length += piece.length;
    if (length > mostOfText) break;
  }
  return Buffer.concat(pieces).toString();
}
