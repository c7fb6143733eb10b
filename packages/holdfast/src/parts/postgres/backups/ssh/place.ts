import { network } from '../../../../model/network.ts';
import { text } from '../../../../model/text.ts';
import { commonOf } from '../../common.ts';
import { inside } from '../../inside.ts';
import type { PostgresOptions } from '../../options.ts';
import { configOf } from '../pgbackrest.ts';
import { type BackupPlace, config, type Kept } from '../place.ts';
import type { SshOptions } from './options.ts';
import { away } from './places.ts';
import { sshScript, thereScript } from './scripts.ts';

/**
 * A folder of another machine. The way there is a network of its own, since those of the clients and of a cluster's members may
 * have none out to the world, and should not get one.
 */
export function sshPlace(name: string, options: PostgresOptions, ssh: SshOptions, kept: Kept): BackupPlace {
  const { host, port = 22, user = 'pgbackrest', path = inside.repository, hostKey, key } = ssh;
  const repository = { ...kept, path };
  const script = (content: string) => ({ content, mode: '0755', owner: '0:0' });
  return {
    at: `${user}@${host}:${path}`,
    mounts: {},
    networks: [ssh.network ?? network(`${name}-backups`, commonOf(options, '-backups'))],
    files: {
      [config]: configOf(repository, { global: archiving(host, user) }),
      [away.told]: configOf(repository, { stanza: wayBack }),
      [away.config]: sshConfig(port),
      [away.known]: `${alias} ${hostKey}\n`,
      // Without an end of its last line, `ssh` does not read it.
      [away.key]: text`${key}\n`,
      [away.ssh]: script(sshScript),
      [away.there]: script(thereScript(`${user}@${host}`)),
    },
    writer: 'holdfast-there',
  };
}

/** What that machine is configured by has no say. By several at once, and ahead of PostgreSQL, which hands over one segment after the other: each would wait for a login. */
const archiving = (host: string, user: string): string => `repo1-host=${host}
repo1-host-user=${user}
repo1-host-config=/dev/null
cmd-ssh=${away.ssh}
spool-path=${inside.volume}/spool

[global:archive-push]
archive-async=y
`;

/** How the other machine comes back to the server that leads: see `holdfast-there`. */
const wayBack = 'pg1-host=127.0.0.1\npg1-host-type=tls\n';

/** What its key is known by, whatever it is called. */
const alias = 'repository';

const sshConfig = (port: number): string => `Host *
  Port ${port}
  IdentityFile ${away.key}
  IdentitiesOnly yes
  UserKnownHostsFile ${away.known}
  GlobalKnownHostsFile /dev/null
  HostKeyAlias ${alias}
  StrictHostKeyChecking yes
  UpdateHostKeys no
  BatchMode yes
  ConnectTimeout 5
  ServerAliveInterval 10
  ServerAliveCountMax 3
`;
