import type { Answered } from '../../ports/downloads.ts';

interface SetbackParts extends Answered {
  /** Whether it makes no sense to ask the same place again. */
  readonly isFinal: boolean;
  readonly fix?: string;
  readonly cause?: unknown;
}

/** One try that did not bring what was wanted, through no fault of this machine's disk or of the caller. */
export class Setback extends Error {
  override readonly name = 'Setback';
  readonly isFinal: boolean;
  readonly status: number | undefined;
  readonly fix: string | undefined;

  constructor(what: string, { isFinal, status, fix, cause }: SetbackParts) {
    super(what, { cause });
    this.isFinal = isFinal;
    this.status = status;
    this.fix = fix;
  }
}

const trustFix =
  "where a proxy or a registry has a certificate of your own: NODE_EXTRA_CA_CERTS=/path/to/ca.pem, or npm's cafile";

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'broke the connection off',
  EHOSTUNREACH: 'can not be reached from here',
  ENETUNREACH: 'can not be reached: this machine has no route to it',
  ENOTFOUND: 'has a name that is not found',
  EAI_AGAIN: 'has a name that can not be looked up at present',
  ETIMEDOUT: 'did not answer',
  UND_ERR_CONNECT_TIMEOUT: 'took no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'took the request and then said nothing',
  UND_ERR_BODY_TIMEOUT: 'fell silent in the middle',
  UND_ERR_SOCKET: 'broke the connection off',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'sent another number of bytes than it had announced',
};

/** What Node and OpenSSL call a certificate that is not trusted. */
const isDistrust = (code: string): boolean =>
  /^(CERT_|ERR_TLS_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH)/.test(code);

/** What undici, Node or OpenSSL threw while a place was asked. */
export function setbackOf(error: unknown): Setback {
  if (error instanceof Setback) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (isDistrust(code))
    return new Setback(`its certificate is not trusted (${code})`, { isFinal: true, fix: trustFix, cause: error });
  return new Setback(words[code] ?? `failed: ${message || code}`, { isFinal: false, cause: error });
}
