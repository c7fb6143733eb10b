import * as z from 'zod/mini';
import { Call, declare } from '../declaration/call.ts';
import { addressOfHandle, Handle, isHandleOf } from '../declaration/handle.ts';
import { type CommonOptions, common, handleOf } from '../declaration/options.ts';
import { members, rule } from '../declaration/rule.ts';
import { type Ref, refTo, toValue } from '../ref.ts';
import { wholeNumber } from '../rules.ts';
import type { SecretHandle } from '../secret.ts';
import type { RoleSpec } from '../spec/database-specs.ts';
import { text } from '../text.ts';
import { identifier, nameInside, needsOfInside } from './inside.ts';

export interface RoleOptions extends CommonOptions {
  readonly cluster: Handle<'cluster'>;
  /** What it is called inside. Default: its name, with `_` for `-`. */
  readonly named?: string;
  /** Roles whose rights it has; those that PostgreSQL brings along by their names, as in `'pg_read_all_data'`. */
  readonly memberOf?: readonly (RoleHandle | string)[];
}

/** Stands for a declared role that owns things and does not log in. */
export class RoleHandle extends Handle<'role'> {
  readonly inside: string;

  constructor(name: string, inside: string) {
    super('role', name);
    this.inside = inside;
  }

  /** What it is called inside. What uses it comes after it. */
  get named(): Ref<string> {
    return refTo(addressOfHandle(this), 'name');
  }
}

const group = rule<RoleHandle | string>(
  {
    is: 'a role, or the name of one that PostgreSQL brings along',
    why: 'what is declared is named by its handle, so that it is there before it is needed',
    fix: "give what role(…) returned, or a name as in 'pg_read_all_data'",
  },
  value => isHandleOf('role')(value) || (typeof value === 'string' && /^pg_[a-z_]+$/.test(value)),
);

const schema = members({
  ...common,
  cluster: handleOf('cluster'),
  named: z.optional(identifier),
  memberOf: z.optional(z.array(group)),
});

/** Who owns things inside of a cluster, and has rights. It does not log in: see {@link login}. */
export function role(name: string, options: RoleOptions): RoleHandle {
  const call = new Call('role', name, role);
  const { named = nameInside(name), memberOf = [] }: Partial<RoleOptions> = Object(options);
  declare(call, schema, options, () => ({
    spec: {
      cluster: addressOfHandle(options.cluster),
      name: named,
      memberOf: memberOf.map(one => (typeof one === 'string' ? one : one.inside)),
    } satisfies RoleSpec,
    needs: needsOfInside(
      call,
      options.cluster,
      memberOf.filter(one => typeof one !== 'string'),
    ),
  }));
  return new RoleHandle(name, named);
}

export interface LoginOptions extends CommonOptions {
  readonly cluster: Handle<'cluster'>;
  /** The role that it acts as: what it makes belongs to that one. */
  readonly as: RoleHandle;
  readonly password: SecretHandle;
  /** How many connections it may have at once. Default: as many as the server takes. */
  readonly connections?: number;
}

/** Stands for a declared role that logs in. */
export class LoginHandle extends Handle<'role'> {
  readonly password: SecretHandle;

  constructor(name: string, password: SecretHandle) {
    super('role', name);
    this.password = password;
  }

  /** The name to log in with: another one for each password. What uses it comes after the role. */
  get user(): Ref<string> {
    return text`${refTo(addressOfHandle(this), 'name')}_${this.password.mark}`;
  }
}

const loginSchema = members({
  ...common,
  cluster: handleOf('cluster'),
  as: handleOf('role'),
  password: handleOf('secret'),
  connections: z.optional(wholeNumber(1, 262_143, 'it is how many connections it may have at once')),
});

/**
 * A role that logs in and acts as another one. Its name goes with its password, so that a new password is a new role:
 * both work until nothing uses the old one any more, and no client is ever refused.
 */
export function login(name: string, options: LoginOptions): LoginHandle {
  const call = new Call('role', name, login);
  declare(call, loginSchema, options, () => {
    const { cluster, as, password, connections } = options;
    return {
      spec: {
        cluster: addressOfHandle(cluster),
        name: as.inside,
        memberOf: [as.inside],
        login: {
          name: toValue(text`${as.inside}_${password.mark}`),
          password: toValue(password),
          ...(connections !== undefined && { connections }),
        },
      } satisfies RoleSpec,
      needs: needsOfInside(call, cluster, [as, password]),
    };
  });
  return new LoginHandle(name, options.password);
}
