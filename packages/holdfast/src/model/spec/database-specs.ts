import type { Address } from '../address.ts';
import type { Value } from '../value.ts';

/** A database inside of a cluster of database servers. */
export interface DatabaseSpec {
  readonly cluster: Address;
  /** What it is called inside. */
  readonly name: string;
  /** The name inside of the role that owns it. */
  readonly owner: string;
}

export interface RoleSpec {
  readonly cluster: Address;
  /** What it is called inside; of one that logs in, what its name begins with. */
  readonly name: string;
  /** Names inside of the roles whose rights it has. One that logs in acts as the first. */
  readonly memberOf: readonly string[];
  readonly login?: LoginSpec;
}

export interface LoginSpec {
  /** Its whole name: another one for each password. */
  readonly name: Value;
  readonly password: Value;
  /** How many connections it may have at once; left out: as many as the server takes. */
  readonly connections?: number;
}

export interface ExtensionSpec {
  readonly cluster: Address;
  /** The name inside of the database that has it. */
  readonly database: string;
  readonly name: string;
  /** Left out: the one that the server's image brings along. */
  readonly version?: string;
}
