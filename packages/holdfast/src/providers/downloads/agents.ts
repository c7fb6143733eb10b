import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { type Dispatcher, EnvHttpProxyAgent } from 'undici';

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

/** How to reach a URL. Nothing is set up before the first is asked for: reading the system's certificates takes 30 ms and more. */
export function agents({ ca = [], strict = true, proxy = {}, connecting = 10_000 }: Route): (url: URL) => Dispatcher {
  const made = new Map<string, Dispatcher>();
  const make = (protocol: string): Dispatcher => {
    const trust =
      protocol === 'https:'
        ? { secureContext: contextOf(ca), rejectUnauthorized: strict }
        : { rejectUnauthorized: strict };
    const connect = { ...trust, timeout: connecting };
    return new EnvHttpProxyAgent({
      connect,
      requestTls: connect,
      proxyTls: connect,
      allowH2: false,
      ...(proxy.http !== undefined && { httpProxy: proxy.http }),
      ...(proxy.https !== undefined && { httpsProxy: proxy.https }),
      ...(proxy.no !== undefined && { noProxy: proxy.no }),
    });
  };
  return ({ protocol }) => {
    const agent = made.get(protocol) ?? make(protocol);
    made.set(protocol, agent);
    return agent;
  };
}

/** One for all connections: OpenSSL takes 15 ms to read some hundred certificates. */
const contextOf = (ca: readonly string[]): SecureContext =>
  createSecureContext({ ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...ca])] });
