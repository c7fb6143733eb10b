import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';

export interface Route {
  /** Certificates (PEM) that are trusted besides Node's and the system's. */
  readonly ca?: readonly string[];
  /** False lets any certificate pass. Default: true. */
  readonly strict?: boolean;
  /** Proxies; each comes before HTTP_PROXY, HTTPS_PROXY and NO_PROXY of the environment. */
  readonly proxy?: { readonly http?: string; readonly https?: string; readonly no?: string };
  /** Milliseconds that a connection may take. Default: 10 s. */
  readonly connecting?: number;
}

/**
 * How to reach a URL: by the proxy, but never to this machine itself. Nothing is set up before the
 * first is asked for: reading the system's certificates takes 30 ms and more.
 */
export function agents(route: Route): (url: URL) => Dispatcher {
  const made = new Map<string, Dispatcher>();
  return ({ protocol, hostname }) => {
    const isHere = isLoopback(hostname);
    const key = `${protocol} ${isHere}`;
    const agent = made.get(key) ?? agentFor(route, protocol === 'https:', isHere);
    made.set(key, agent);
    return agent;
  };
}

const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

function agentFor(
  { ca = [], strict = true, proxy = {}, connecting = 10_000 }: Route,
  isSecure: boolean,
  isHere: boolean,
): Dispatcher {
  const trust = { rejectUnauthorized: strict, ...(isSecure && { secureContext: contextOf(ca) }) };
  const connect = { ...trust, timeout: connecting };
  if (isHere) return new Agent({ connect, allowH2: false });
  return new EnvHttpProxyAgent({
    connect,
    requestTls: connect,
    proxyTls: connect,
    allowH2: false,
    ...(proxy.http !== undefined && { httpProxy: proxy.http }),
    ...(proxy.https !== undefined && { httpsProxy: proxy.https }),
    ...(proxy.no !== undefined && { noProxy: proxy.no }),
  });
}

/** One for all connections: OpenSSL takes 15 ms to read some hundred certificates. */
const contextOf = (ca: readonly string[]): SecureContext =>
  createSecureContext({ ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...ca])] });
