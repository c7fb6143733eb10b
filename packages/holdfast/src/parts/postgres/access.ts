import type { ClusterHandle } from '../../model/cluster.ts';
import { database } from '../../model/database/database.ts';
import { type ExtensionHandle, extension } from '../../model/database/extension.ts';
import { login, type RoleHandle, role } from '../../model/database/role.ts';
import { secret } from '../../model/secret.ts';
import { commonOf } from './common.ts';
import type { Ground } from './ground.ts';
import type { Access, Login } from './handle.ts';

/** Declares what clients find inside: a database, the role that owns it, and a login that acts as that role. */
export function accessOf(ground: Ground, cluster: ClusterHandle): Access {
  const { name, options } = ground;
  const common = { ...commonOf(options), cluster };
  const named = options.database ?? String(name).replaceAll('-', '_');
  const owner = role(name, { ...common, named });
  const within = database(name, { ...common, named, owner });
  const extensions: ExtensionHandle[] = [];
  for (const one of options.extensions ?? []) {
    const suffix = `-${one.replaceAll('_', '-')}`;
    const more = { cluster, database: within, named: one, needs: extensions.slice(-1) };
    extensions.push(extension(`${name}${suffix}`, { ...commonOf(options, suffix), ...more }));
  }
  return {
    // What uses it comes after its extensions, which come one after the other.
    database: extensions.at(-1)?.database ?? within.named,
    authority: ground.authority.certificate,
    ...loginOf(ground, cluster, owner),
    further: (further, memberOf = []) => furtherRole(ground, cluster, further, memberOf),
  };
}

/** By a suffix other than none, so that the password of each has a name of its own. */
function loginOf({ name, options }: Ground, cluster: ClusterHandle, as: RoleHandle, suffix = ''): Login {
  const password = secret(`${name}${suffix}-password`, { ...commonOf(options, `${suffix}-password`), generate: 32 });
  const more = { cluster, as, password };
  const { user } = login(`${name}${suffix}-login`, { ...commonOf(options, `${suffix}-login`), ...more });
  return { user, password };
}

function furtherRole(
  ground: Ground,
  cluster: ClusterHandle,
  further: string,
  memberOf: readonly (RoleHandle | string)[],
): Login {
  const suffix = `-${further}`;
  const as = role(`${ground.name}${suffix}`, {
    ...commonOf(ground.options, suffix),
    ...{ cluster, memberOf, named: further.replaceAll('-', '_') },
  });
  return loginOf(ground, cluster, as, suffix);
}
