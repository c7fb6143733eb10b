import { isIPv4 } from 'node:net';
import * as z from 'zod/mini';
import type { ProblemParts } from '../kit/problem.ts';
import { Call, declare } from './declaration/call.ts';
import { addressOfHandle, Handle, subject } from './declaration/handle.ts';
import { type CommonOptions, common, handleOf } from './declaration/options.ts';
import { members, rule } from './declaration/rule.ts';
import { isAuthority } from './generate.ts';
import type { Ref } from './ref.ts';
import { isHostName, wholeNumber } from './rules.ts';
import { partOf, SecretHandle } from './secret.ts';
import type { AuthoritySpec, CertificateSpec, SecretSpec } from './spec/small-specs.ts';

/** Signs certificates. Its own key reaches no container: there is no way to name it. */
export class AuthorityHandle extends Handle<'secret'> {
  constructor(name: string) {
    super('secret', name);
  }

  /** All certificates that are trusted, in PEM: of this authority, and while it is rotated, of the one before. */
  get certificate(): Ref {
    return partOf(this, 'certificate');
  }

  /** Eight hexadecimal digits that are others after each rotation. */
  get mark(): Ref {
    return partOf(this, 'mark');
  }
}

/** A certificate with its key. Passed as it is, both are in one PEM, as HAProxy reads them. */
export class CertificateHandle extends SecretHandle {
  /** The private key: PKCS #8, PEM. */
  get key(): Ref {
    return partOf(this, 'key');
  }

  /** The certificate, in PEM; behind it what those need who do not trust a rotated authority yet. */
  get certificate(): Ref {
    return partOf(this, 'certificate');
  }
}

export interface CertificateOptions extends CommonOptions {
  /** Who signs it. */
  readonly by: AuthorityHandle;
  /** Host names and IPv4 addresses that it is valid for, for a server and for a client. The first is its common name. */
  readonly names: readonly string[];
  /** How many days it is valid, at most 825. The first `up` in its last third makes it anew. Default 825. */
  readonly days?: number;
}

const authoritySchema = members(common);

const name = rule<string>(
  {
    is: 'a host name or an IPv4 address',
    why: 'who connects compares it with the name that it asked for, letter by letter',
    fix: "write it as in 'db', 'db-1' or '127.0.0.1'; as a client, it is known by the first name",
  },
  value => isHostName(value) || isIPv4(String(value)),
);

const names = rule<readonly string[]>(
  {
    is: 'an array of names, of which the first has at most 64 letters',
    why: 'the first one is its common name as well',
  },
  value => Array.isArray(value) && value.length > 0 && String(value[0]).length <= 64,
);

const certificateSchema = members({
  ...common,
  by: handleOf('secret'),
  names: z.pipe(names, z.array(name)),
  days: z.optional(wholeNumber(1, 825, 'many programs accept none that is valid for longer')),
});

const aCertificate = 825;

/** An authority of one's own: certificates that it signs are trusted by those who are given its certificate. */
export function authority(name: string, options: CommonOptions = {}): AuthorityHandle {
  const generate: AuthoritySpec = { authority: {} };
  declare(new Call('secret', name, authority), authoritySchema, options, () => ({
    spec: { generate } satisfies SecretSpec,
    needs: [],
  }));
  return new AuthorityHandle(name);
}

/** A certificate with its key, made at first use, and anew before it ends. */
export function certificate(name: string, options: CertificateOptions): CertificateHandle {
  const call = new Call('secret', name, certificate);
  declare(call, certificateSchema, options, () => {
    if (!maySign(options.by, call)) call.refuse(noAuthority(call, options.by));
    return { spec: { generate: generateOf(options) } satisfies SecretSpec, needs: [addressOfHandle(options.by)] };
  });
  return new CertificateHandle(name);
}

const generateOf = ({ by, names: all, days = aCertificate }: CertificateOptions): CertificateSpec => ({
  certificate: { by: addressOfHandle(by), names: [...new Set(all)], days },
});

/** One whose own declaration was refused is not refused again. */
function maySign({ name: of }: Handle, { declaration }: Call): boolean {
  const found = declaration.resources.find(one => one.kind === 'secret' && one.name === of);
  return !found || isAuthority((found.spec as SecretSpec).generate);
}

const noAuthority = (call: Call, by: Handle): ProblemParts => ({
  what: `${subject('secret', call.name)} → by is ${subject('secret', by.name)}, which signs nothing`,
  why: 'a certificate is worth what the authority is worth that signed it',
  fix: "declare one and pass it on: const ours = authority('db-authority')",
});
