import { sshKey } from '../ssh-key.ts';

/** Another machine that keeps backups: what a system.ts declares it by, and a database that uses it. */
export interface FarMachine {
  /** Lines of a system.ts that put it on the network `far`. */
  readonly declared: string;
  /** What goes into the options of a database. */
  readonly needs: string;
  /** What goes into its `backups`. */
  readonly ssh: string;
  /** The value of the secret `far-key`. */
  readonly key: string;
  /** What system.ts takes of the language for it. */
  readonly imports: readonly string[];
}

/** Debian with sshd and pgBackRest, as docs/guide.md says. It is a container that the database shares a network with. */
export function farMachine(): FarMachine {
  const own = sshKey();
  const user = sshKey();
  return {
    imports: ['debian', 'image', 'packages', 'run', 'secret', 'service', 'user', 'volume'],
    declared: `
  const far = network('far');
  const home = '/var/lib/pgbackrest';
  const vault = service('vault', {
    image: image('vault', {
      base: debian('bookworm', { packages: ['ca-certificates'] }),
      steps: [
        user('pgbackrest', { uid: 998, home, shell: '/bin/sh' }),
        packages(['openssh-server', 'pgbackrest']),
        run('install -d -o pgbackrest -g pgbackrest -m 0750 ' + home),
      ],
    }),
    network: far,
    user: '998:998',
    command: ['/usr/sbin/sshd', '-D', '-e', '-f', '/etc/vault/sshd_config'],
    ports: { ssh: 2222 },
    mounts: { [home]: volume('vault') },
    files: {
      '/etc/vault/sshd_config': ${spelled(sshdConfig)},
      '/etc/vault/authorized_keys': ${spelled(`${user.open}\n`)},
      '/etc/vault/host_key': { content: ${spelled(own.closed)}, mode: '0400' },
    },
  });`,
    needs: 'needs: [vault],',
    ssh: `ssh: { host: 'vault', port: 2222, hostKey: '${own.open}', key: secret('far-key'), network: far }`,
    key: user.closed,
  };
}

const sshdConfig = `Port 2222
HostKey /etc/vault/host_key
AuthorizedKeysFile /etc/vault/authorized_keys
PasswordAuthentication no
UsePAM no
PidFile none
`;

const spelled = (text: string): string => JSON.stringify(text);
