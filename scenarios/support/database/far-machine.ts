import { generateKeyPairSync, type KeyObject } from 'node:crypto';

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

interface SshKey {
  /** As a line of `authorized_keys`. */
  readonly open: string;
  readonly closed: string;
}

function sshKey(): SshKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { open: openLine(publicKey), closed: privateKey.export({ type: 'sec1', format: 'pem' }).toString() };
}

/** RFC 5656: the name of the kind, that of the curve, and the point. */
function openLine(key: KeyObject): string {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const kind = 'ecdsa-sha2-nistp256';
  return `${kind} ${Buffer.concat([Buffer.from(kind), Buffer.from('nistp256'), point].map(counted)).toString('base64')}`;
}

const counted = (part: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return Buffer.concat([length, part]);
};
