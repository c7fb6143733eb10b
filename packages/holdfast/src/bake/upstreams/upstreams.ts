import { parsePercentage, product, type Share, spellPercentage } from '../../kit/percentage.ts';
import type { UpstreamSpec } from '../../model/spec/small-specs.ts';

/** When something of the world is needed. */
export type Phase = 'baking' | 'deploying' | 'starting';

const phases: readonly Phase[] = ['baking', 'deploying', 'starting'];

/** A host that was contacted, or would have to be. */
export interface Contact {
  readonly phase: Phase;
  /** `host` or `host:port`. */
  readonly host: string;
}

export interface DeclaredUpstream {
  readonly name: string;
  readonly spec: UpstreamSpec;
}

/** One host of one phase. */
export interface UpstreamRow {
  readonly host: string;
  /** The upstream of the declaration whose endpoint it is. */
  readonly upstream?: string;
  /** As it was declared: `99.9%`. Absent where nobody declared one, and 100% is assumed. */
  readonly sla?: string;
}

export interface PhaseTable {
  readonly phase: Phase;
  /** By host. */
  readonly rows: readonly UpstreamRow[];
  /** The product of their SLAs: what the phase can at best promise, to the last digit. 100% where no host is needed. */
  readonly bound: string;
  /** Hosts without a figure. */
  readonly assumed: readonly string[];
}

/** Which hosts each phase rests on, and what it can promise at best. Pure. */
export function upstreamTable(
  contacts: readonly Contact[],
  declared: readonly DeclaredUpstream[],
): readonly PhaseTable[] {
  return phases.map(phase => {
    const hosts = new Set(contacts.filter(contact => contact.phase === phase).map(({ host }) => host.toLowerCase()));
    const rows = [...hosts].sort().map(host => rowOf(host, declared));
    return {
      phase,
      rows,
      bound: spellPercentage(boundOf(rows)),
      assumed: rows.filter(({ sla }) => sla === undefined).map(({ host }) => host),
    };
  });
}

function rowOf(host: string, declared: readonly DeclaredUpstream[]): UpstreamRow {
  const found = declared.find(({ spec }) => spec.endpoint !== undefined && isAt(spec.endpoint, host));
  return { host, ...(found && { upstream: found.name }), ...(found?.spec.sla && { sla: found.spec.sla }) };
}

/** Without a port, or with that of the scheme, a host is meant whatever the port. */
function isAt(endpoint: string, host: string): boolean {
  const url = new URL(endpoint);
  return host === url.host || host === url.hostname || (url.port === '' && host.replace(/:\d+$/, '') === url.hostname);
}

/** One company with several hosts fails as one: it counts once. */
function boundOf(rows: readonly UpstreamRow[]): Share {
  const once = new Map(rows.flatMap(({ sla, upstream = '' }) => (sla ? [[upstream, sla] as const] : [])));
  return product([...once.values()].map(parsePercentage));
}
