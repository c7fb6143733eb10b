import type { Ref, ValueInput } from '../../model/ref.ts';
import { ServiceHandle } from '../../model/service-handle.ts';
import { text } from '../../model/text.ts';
import { inside } from './inside.ts';

/** What a client must know besides the host. */
export interface Access {
  readonly database: string;
  /** The login role. Another one after each rotation of its password. */
  readonly user: ValueInput;
  readonly password: ValueInput;
}

/** Ports of what clients reach: the primary, and with standbys those for reading. */
export type PostgresPorts = Readonly<Record<string, number>>;

/** Stands for a declared database: one server, or a cluster behind the one name. */
export class PostgresHandle extends ServiceHandle<string> {
  /** Name of the database inside the server. */
  readonly database: string;
  readonly #access: Access;

  constructor(name: string, access: Access, ports: PostgresPorts) {
    super(name, { replicas: 1, ports });
    this.database = access.database;
    this.#access = access;
  }

  /** The role to log in as. It is known later: each password has a role of its own. */
  get user(): Ref<string> {
    return text`${this.#access.user}`;
  }

  /** For a file, never for the environment of a process. */
  get password(): Ref<string> {
    return text`${this.#access.password}`;
  }

  /** For clients that take all in one. Secret, since the password is in it. */
  get url(): Ref<string> {
    const { user, password, database } = this.#access;
    return text`postgres://${user}:${password}@${this.host}:${inside.port}/${database}?sslmode=verify-full`;
  }
}
