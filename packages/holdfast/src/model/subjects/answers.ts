import * as z from 'zod/mini';
import type { Subject } from '../assertion/said.ts';
import type { Later } from '../declaration/later.ts';
import { rule } from '../declaration/rule.ts';
import { toValue } from '../ref.ts';
import { portNumber, someText, wholeNumber } from '../rules.ts';
import type { RecordType } from '../spec/check-spec.ts';
import type { Naming } from './naming.ts';
import { type RequestOptions, requestOf } from './ports.ts';
import { anyUrl, host as hostRule, httpUrl, request } from './rules.ts';

export interface DnsOptions {
  /** Default `'A'`. */
  readonly record?: RecordType;
  /** The address of the server that is asked. Default: those of the machine. */
  readonly server?: string;
}

export interface CertificateOptions {
  /** Default 443. */
  readonly port?: number;
  /** The name that is asked for (SNI). Default: the host. */
  readonly name?: string;
}

/** What any host answers, as seen from the target. */
export interface AnswerSubjects {
  /** A TCP port of any host. */
  tcp(host: string | Later, port: number): Subject<'tcp'>;
  /** A UDP port of any host, and what it is sent. */
  udp(host: string | Later, port: number, send: string): Subject<'udp'>;
  /** A name in the DNS. */
  dns(name: string, options?: DnsOptions): Subject<'dns'>;
  /** The certificate that a host presents. */
  certificate(host: string | Later, options?: CertificateOptions): Subject<'certificate'>;
  /** How long a URL takes to answer; `'tcp://host:port'` to take a connection. Measured 20 times by default. */
  latency(url: string | Later, options?: { readonly samples?: number }): Subject<'latency'>;
}

/** What the world sees of a system. */
export interface OutsideSubjects extends AnswerSubjects {
  /** What answers at a URL: to GET, where nothing else is asked for. No redirect is followed. */
  http(url: string | Later, options?: RequestOptions): Subject<'url'>;
}

const records: readonly unknown[] = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SRV', 'TXT'];

const record = rule<RecordType>(
  { is: `one of ${records.join(', ')}`, why: 'these are the records that are read' },
  value => records.includes(value),
);

const dnsName = rule<string>(
  { is: 'a name in the DNS', fix: "write it as in 'shop.example'" },
  value => typeof value === 'string' && /^[a-z0-9_*]([a-z0-9_.-]*[a-z0-9.])?$/i.test(value),
);

const shapes = {
  tcp: { host: hostRule, port: portNumber },
  udp: { host: hostRule, port: portNumber, send: someText },
  dns: { name: dnsName, record, server: z.optional(hostRule) },
  certificate: { host: hostRule, port: portNumber, name: z.optional(dnsName) },
  latency: { url: anyUrl, samples: wholeNumber(1, 1_000, 'each is a request of its own') },
  http: { url: httpUrl, options: z.optional(request) },
};

export const answerSubjects = (naming: Naming): AnswerSubjects => ({
  tcp: function tcp(host, port) {
    const given = { shape: shapes.tcp, given: { host, port }, callee: tcp };
    return naming.name('tcp', given, () => ({ host: toValue(host), port }));
  },
  udp: function udp(host, port, send) {
    const given = { shape: shapes.udp, given: { host, port, send }, callee: udp };
    return naming.name('udp', given, () => ({ host: toValue(host), port, send }));
  },
  dns: function dns(name, { record = 'A', ...rest } = {}) {
    const given = { shape: shapes.dns, given: { name, record, ...rest }, callee: dns };
    return naming.name('dns', given, () => ({ name, record, ...rest }));
  },
  certificate: function certificate(host, { port = 443, ...rest } = {}) {
    const given = { shape: shapes.certificate, given: { host, port, ...rest }, callee: certificate };
    return naming.name('certificate', given, () => ({ host: toValue(host), port, ...rest }));
  },
  latency: function latency(url, { samples = 20, ...rest } = {}) {
    const given = { shape: shapes.latency, given: { url, samples, ...rest }, callee: latency };
    return naming.name('latency', given, () => ({ url: toValue(url), samples }));
  },
});

export const outsideSubjects = (naming: Naming): OutsideSubjects => ({
  ...answerSubjects(naming),
  http: function http(url, options) {
    const given = { shape: shapes.http, given: { url, options }, callee: http };
    return naming.name('url', given, () => ({ url: toValue(url), ...requestOf(options) }));
  },
});
