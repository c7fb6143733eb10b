import { type AuthorityHandle, type CertificateHandle, certificate } from '../../../model/certificate.ts';
import { commonOf } from '../common.ts';
import type { Ground } from '../ground.ts';
import { type Layout, namesOf, places } from './places.ts';

/** By what members, etcd and proxy know each other. Whoever has a certificate of this authority is one of them. */
export interface Keys {
  readonly authority: AuthorityHandle;
  readonly members: CertificateHandle;
  readonly etcd: CertificateHandle;
}

export function keysOf({ name, options, authority: by }: Ground, layout: Layout): Keys {
  const of = (suffix: string, names: readonly string[]) =>
    certificate(`${name}${suffix}`, { ...commonOf(options, suffix), by, names });
  return {
    authority: by,
    // Clients know a member by the name of the database.
    members: of('-certificate', [name, ...namesOf(layout.members)]),
    etcd: of('-etcd-certificate', namesOf(layout.etcd)),
  };
}

/** As files of who has the certificate. */
export const keyFiles = (own: CertificateHandle, { authority: by }: Keys) => ({
  [places.keys.authority]: by.certificate,
  [places.keys.certificate]: own.certificate,
  [places.keys.key]: own.key,
});
