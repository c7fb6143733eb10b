import type { CheckHandle } from '../../model/check.ts';
import type { Ref } from '../../model/ref.ts';
import type { SecretHandle } from '../../model/secret.ts';
import { ServiceHandle } from '../../model/service-handle.ts';
import { text } from '../../model/text.ts';
import type { Servers } from './ground.ts';
import { inside } from './inside.ts';

/** Who logs in. */
export interface Login {
  /** Known later: each password has a role of its own, so that another one can come before the old one goes. */
  readonly user: Ref<string>;
  /** For a file, never for the environment of a process. */
  readonly password: SecretHandle;
}

/** What a client must know besides the host. */
export interface Access extends Login {
  readonly database: Ref<string>;
  /** The certificate, in PEM, by which the server is known. */
  readonly authority: Ref<string>;
  /** Declares a further role with a login. */
  further(name: string, memberOf?: readonly string[]): Login;
}

/** Stands for a declared database: one server, or a cluster behind the one name. */
export class PostgresHandle extends ServiceHandle<string> {
  readonly #access: Access;
  /** What shows that each of its servers is as it must be: for the `checks` of a promise. */
  readonly checks: readonly CheckHandle[];

  constructor(name: string, access: Access, { ports, checks }: Pick<Servers, 'ports' | 'checks'>) {
    super(name, { replicas: 1, ports });
    this.#access = access;
    this.checks = checks;
  }

  /** Name of the database inside the server. */
  get database(): Ref<string> {
    return this.#access.database;
  }

  /** The role to log in as. It owns the database. Another one after each rotation of the password. */
  get user(): Ref<string> {
    return this.#access.user;
  }

  /** For a file, never for the environment of a process. */
  get password(): SecretHandle {
    return this.#access.password;
  }

  /** The certificate, in PEM, by which the server is known: the file that `PGSSLROOTCERT` names. */
  get authority(): Ref<string> {
    return this.#access.authority;
  }

  /** For clients that take all in one. Secret, since the password is in it. */
  get url(): Ref<string> {
    const { user, password, database } = this.#access;
    return text`postgres://${user}:${password}@${this.host}:${inside.port}/${database}?sslmode=verify-full`;
  }

  /**
   * A further role that logs in, with the rights of others: `db.role('reports', ['pg_read_all_data'])`. Its password is
   * generated and rotated like that of the owner.
   */
  role(name: string, memberOf: readonly string[] = []): Login {
    return this.#access.further(name, memberOf);
  }
}
