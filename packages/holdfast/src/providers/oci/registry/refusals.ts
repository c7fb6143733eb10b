import { z } from 'zod';
import { exitCode, Problem } from '../../../kit/problem.ts';
import type { Received } from './line.ts';

export interface Target {
  /** `registry.example:5000` */
  readonly host: string;
  /** `team/shop-web` */
  readonly repository: string;
}

const errorsForm = z.looseObject({
  errors: z.array(z.looseObject({ code: z.string().optional(), message: z.string().optional() })),
});

/** `DENIED: requested access to the resource is denied`, as the distribution-spec has errors; else what it said. */
function reasonsIn(text: string): readonly string[] {
  try {
    const { errors } = errorsForm.parse(JSON.parse(text));
    return errors.map(({ code = 'error', message = '' }) => `${code}: ${message}`);
  } catch {
    return text ? [text.slice(0, 200)] : [];
  }
}

export const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** What the registry answered where it ought to have taken something. */
export function refusal(about: string, { host, repository }: Target, { status, text }: Received): Problem {
  const isLogin = status === 401 || status === 403;
  return new Problem({
    what: `the registry did not take ${about}`,
    where: `${host}/${repository}`,
    why: isLogin ? `it does not let you push there (${status})` : `it answered ${status}`,
    fix: isLogin
      ? `sign in as one who may: docker login ${host}`
      : isPassing(status)
        ? 'see whether it has room and is well, and push again: what it took is not sent twice'
        : 'see whether the repository is there and may be written',
    evidence: reasonsIn(text),
    exit: exitCode.unreachable,
    retry: isPassing(status),
  });
}

/** The line to it failed. */
export function outOfReach({ host }: Target, cause: unknown): Problem {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  const isDistrust = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED)/.test(code);
  return new Problem({
    what: `the registry ${host} can't be reached`,
    why: message || code,
    fix: isDistrust
      ? 'name its certificate: NODE_EXTRA_CA_CERTS=/path/to/ca.pem; or say that it speaks plain http'
      : 'see whether it runs, and whether this machine reaches it (proxy? HTTPS_PROXY)',
    exit: exitCode.unreachable,
    retry: !isDistrust,
    cause,
  });
}
