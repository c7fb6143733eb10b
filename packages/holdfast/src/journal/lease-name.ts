import type { Address } from '../model/address.ts';
import type { Scope } from '../model/identity.ts';

/** The lease of who changes an environment. */
export const leaseName = ({ system, environment }: Scope): string => `${system}/${environment}`;

/** The lease of who runs a job, or takes a backup, of an environment when its time has come. */
export const runLeaseName = (scope: Scope, of: Address): string => `${leaseName(scope)}/${of}`;
