import { inside } from '../../inside.ts';

/** Where things are inside that reach another machine. */
export const away = {
  config: `${inside.told}/ssh.conf`,
  known: `${inside.told}/known_hosts`,
  /** What pgBackRest is told there. */
  told: `${inside.told}/there.conf`,
  key: '/run/secrets/pgbackrest/ssh.key',
  passphrase: '/run/secrets/pgbackrest/passphrase.conf',
  ssh: '/usr/local/bin/holdfast-ssh',
  there: '/usr/local/bin/holdfast-there',
} as const;
