import type { AuthoritySpec, CertificateSpec, SecretSpec } from './spec/small-specs.ts';

type Generate = SecretSpec['generate'];

export const isAuthority = (generate: Generate): generate is AuthoritySpec =>
  typeof generate === 'object' && 'authority' in generate;

export const isCertificate = (generate: Generate): generate is CertificateSpec =>
  typeof generate === 'object' && 'certificate' in generate;
