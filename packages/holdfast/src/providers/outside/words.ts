import { Problem } from '../../kit/problem.ts';

const known: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  EHOSTUNREACH: 'no route to it',
  ENETUNREACH: 'no route to it',
  ENOTFOUND: 'there is no host of this name',
  EAI_AGAIN: 'nobody tells the address of this name',
  ETIMEDOUT: 'no answer',
  EPROTO: 'it does not speak TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS',
};

/** What went wrong on the way to an answer. */
export function wordsOf(error: unknown): string {
  if (error instanceof Problem) return error.parts.why ?? error.message;
  // Where a name has several addresses, all that were tried failed.
  const { code, message } = (error instanceof AggregateError ? error.errors[0] : error) as NodeJS.ErrnoException;
  return known[code ?? ''] ?? message;
}

const distrusts: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by nobody but itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not among those that are trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is not known, or what stands between was not sent',
  UNABLE_TO_GET_ISSUER_CERT: 'its authority is not known',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not known',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
};

/** Why a certificate is not to be trusted; undefined where it is. */
export function distrustOf(authorizationError: Error | string | null | undefined): string | undefined {
  if (!authorizationError) return undefined;
  const code = typeof authorizationError === 'string' ? authorizationError : authorizationError.message;
  return distrusts[code] ?? code;
}
