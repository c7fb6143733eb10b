/** A port that is listened on. */
export interface PortFacts {
  /** In words: `it takes connections`. */
  readonly answer: string;
  /** Addresses that it is bound to: `0.0.0.0`, `::`, `127.0.0.1`. Absent where it was only asked from outside. */
  readonly addresses?: readonly string[];
  /** Names of the programs that hold it. */
  readonly programs?: readonly string[];
}

export interface InterfaceFacts {
  readonly up: boolean;
  readonly mtu: number;
  /** In CIDR form: `10.0.0.5/24`. */
  readonly addresses: readonly string[];
}

export interface RouteFacts {
  /** Absent where the destination is on the interface itself. */
  readonly gateway?: string;
  readonly interface: string;
}

/** A chain of the firewall. */
export interface FirewallFacts {
  /** In small letters: `drop`; absent where the chain has none. */
  readonly policy?: string;
  /** In their order, one text each, as iptables-save or nft print them. */
  readonly rules: readonly string[];
}

/** What answered a request. */
export interface HttpFacts {
  readonly status: number;
  /** In words: `503 Service Unavailable: {"database":"down"}`. */
  readonly answer: string;
  /** Names in small letters; several of a name are joined by `, `. */
  readonly headers?: Readonly<Record<string, string>>;
  /** As UTF-8. */
  readonly body?: string;
  /** Present only where TLS was spoken. */
  readonly tls?: TlsFacts;
}

export interface TlsFacts {
  /** As in `1.3`. */
  readonly version: string;
  /** Why the certificate is not to be trusted; absent where it is. */
  readonly distrust?: string;
}

/** A host that took a connection. */
export interface TcpFacts {
  readonly answer: string;
  /** Costly: it must be waited for. What the other side says first. */
  readonly greeting?: string;
}

/** What came back. */
export interface UdpFacts {
  readonly reply: string;
}

export interface DnsFacts {
  /** As zone files have them, sorted: `10 mail.shop.example`. */
  readonly values: readonly string[];
}

export interface CertificateFacts {
  /** As in `CN=shop.example`. */
  readonly subject: string;
  readonly issuer: string;
  /** Of the subject's alternative names: host names and addresses. */
  readonly names: readonly string[];
  /** Whole days from now on; negative once it has expired. */
  readonly daysLeft: number;
  /** Subjects of what was sent, and of the root where it is known, from the certificate itself upward. */
  readonly chain: readonly string[];
  /** Why it is not to be trusted; absent where it is. */
  readonly distrust?: string;
}

export interface LatencyFacts {
  /** Milliseconds of each, sorted; at least one. */
  readonly samples: readonly number[];
}
