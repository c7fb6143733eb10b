import * as z from 'zod/mini';
import { handleOf } from '../../../../model/declaration/options.ts';
import { members, rule } from '../../../../model/declaration/rule.ts';
import type { NetworkHandle } from '../../../../model/network.ts';
import { isHostName, portNumber } from '../../../../model/rules.ts';
import type { SecretHandle } from '../../../../model/secret.ts';

/** Another machine that keeps the backups. It needs sshd, and pgBackRest of the version that the database has. */
export interface SshOptions {
  /** Its name or IPv4 address. */
  readonly host: string;
  /** Default 22. */
  readonly port?: number;
  /** Who logs in there, and owns the backups. Default `'pgbackrest'`. */
  readonly user?: string;
  /** The folder of the backups there. Default `'/var/lib/pgbackrest'`. */
  readonly path?: string;
  /** By what it is known: a line of its `/etc/ssh/ssh_host_…_key.pub`, as in `'ssh-ed25519 AAAA…'`. */
  readonly hostKey: string;
  /** The private key to log in with, without a passphrase, as `ssh-keygen` writes it. */
  readonly key: SecretHandle;
  /** The way there. Default: a network of its own, `<name>-backups`. */
  readonly network?: NetworkHandle;
}

const host = rule<string>(
  { is: 'the name of a host, or an IPv4 address', fix: "write it as in 'backup.example.org'" },
  isHostName,
);

const user = rule<string>(
  { is: 'the name of a user of that machine', fix: "write it as in 'pgbackrest'" },
  value => typeof value === 'string' && /^[a-z_][a-z0-9_-]{0,31}$/.test(value),
);

const path = rule<string>(
  {
    is: 'a folder of that machine',
    why: 'a shell is told of it',
    fix: "write it as in '/var/lib/pgbackrest', of letters, digits, '.', '_' and '-'",
  },
  value => typeof value === 'string' && /^(\/[\w-][\w.-]*)+$/.test(value),
);

const hostKey = rule<string>(
  {
    is: 'the public key of a machine',
    why: 'a machine that has another one is not the one that is meant, and gets no backups',
    fix: "take it there from /etc/ssh/ssh_host_ed25519_key.pub, as in 'ssh-ed25519 AAAA…', without what follows",
  },
  value => typeof value === 'string' && /^[a-z0-9@.-]+ AAAA[A-Za-z0-9+/]+=*$/.test(value),
);

export const sshMembers = members({
  host,
  port: z.optional(portNumber),
  user: z.optional(user),
  path: z.optional(path),
  hostKey,
  key: handleOf('secret'),
  network: z.optional(handleOf('network')),
});
