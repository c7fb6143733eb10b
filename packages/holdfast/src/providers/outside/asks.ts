import { isIPv6 } from 'node:net';
import type { FactsOf } from '../../model/assertion/facts/facts-of.ts';
import type { Looked } from '../../model/assertion/matcher.ts';
import type { SubjectOf, SubjectType } from '../../model/spec/subject-spec.ts';
import type { Value } from '../../model/value.ts';
import { askCertificate } from './certificate.ts';
import { askPort, askTcp, askUdp, type Place } from './connections.ts';
import { askDns } from './dns.ts';
import { askHttp } from './http.ts';
import { askLatency } from './latency.ts';

/** What must be known to ask. */
export interface Ground<T> {
  /** Where a port of a target can be dialled from here. Throws a Problem where it can't. */
  readonly reach: (target: T, port: number) => Promise<Place>;
  /** What a declared value is. */
  readonly reveal: (value: Value) => string;
}

interface AskedFor<K extends SubjectType> {
  readonly of: SubjectOf<K>;
  readonly wanted: ReadonlySet<string>;
}

export type Ask<K extends SubjectType> = <T>(
  asked: AskedFor<K>,
  ground: Ground<T>,
  target: T,
  signal: AbortSignal,
  now: number,
) => Promise<Looked<FactsOf[K]>>;

/** The types that can be told of from outside. */
export const asks: { readonly [K in SubjectType]?: Ask<K> } = {
  async http({ of: { port, path, request }, wanted }, { reach }, target, signal) {
    const place = await reach(target, port);
    const url = new URL(`http://${isIPv6(place.host) ? `[${place.host}]` : place.host}:${place.port}${path}`);
    return askHttp({ url, wantsBody: wanted.has('body'), ...(request && { request }) }, signal);
  },
  async port({ of: { port, protocol } }, { reach }, target, signal) {
    if (protocol === 'udp') return { unknown: 'what listens on UDP need not answer' };
    return askPort(await reach(target, port), signal);
  },
  url: ({ of: { url, request }, wanted }, { reveal }, _, signal) =>
    askHttp({ url: new URL(reveal(url)), wantsBody: wanted.has('body'), ...(request && { request }) }, signal),
  tcp: ({ of: { host, port }, wanted }, { reveal }, _, signal) =>
    askTcp({ host: reveal(host), port }, wanted.has('greeting'), signal),
  udp: ({ of: { host, port, send } }, { reveal }, _, signal) => askUdp({ host: reveal(host), port }, send, signal),
  dns: ({ of }, _, __, signal) => askDns(of, signal),
  certificate: ({ of: { host, port, name } }, { reveal }, _, signal, now) =>
    askCertificate({ host: reveal(host), port }, name ?? reveal(host), now, signal),
  latency: ({ of: { url, samples } }, { reveal }, _, signal) => askLatency(new URL(reveal(url)), samples, signal),
};
