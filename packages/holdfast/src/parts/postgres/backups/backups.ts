import { slot } from '../../../model/declaration/slot.ts';
import type { RunOptions } from '../../../model/run.ts';
import { type SecretHandle, secret } from '../../../model/secret.ts';
import { text } from '../../../model/text.ts';
import { commonOf } from '../common.ts';
import type { PostgresOptions, Settings } from '../options.ts';
import { type BackupPlace, config, volumePlace } from './place.ts';
import { backupScript } from './scripts.ts';
import { sshPlace } from './ssh/place.ts';

/** What backups are, and what they ask of each server of a database. */
export interface Backups extends Pick<BackupPlace, 'at' | 'mounts' | 'networks'> {
  /** What they are kept under: no two environments have the same. */
  readonly stanza: string;
  /** What they are encrypted with. */
  readonly key: SecretHandle;
  readonly full: string;
  readonly diff: string;
  readonly keep: number;
  readonly env: NonNullable<RunOptions['env']>;
  readonly files: NonNullable<RunOptions['files']>;
  readonly settings: Settings;
}

/** Declares where the backups of a database are kept; undefined where it has none. */
export function backupsOf(name: string, options: PostgresOptions, version: number): Backups | undefined {
  const { backups = {} } = options;
  if (backups === false) return undefined;
  const { full = '@weekly', diff = '@daily', keep = 4, queue = '1GiB', ssh } = backups;
  const passphrase = secret(`${name}-passphrase`, { ...commonOf(options, '-passphrase'), generate: 48 });
  const stanza = stanzaOf(name);
  const kept = { stanza, version, generation: passphrase.mark, keep, queue };
  const { files, writer, ...place } = ssh ? sshPlace(name, options, ssh, kept) : volumePlace(name, options, kept);
  return {
    ...{ stanza, key: passphrase, full, diff, keep, ...place },
    env: { PGBACKREST_CONFIG: config, PGBACKREST_CONFIG_INCLUDE_PATH: secrets, PGBACKREST_STANZA: stanza },
    files: {
      ...files,
      [`${secrets}/passphrase.conf`]: text`[global]\nrepo1-cipher-pass=${passphrase}\n`,
      '/usr/local/bin/holdfast-backup': { content: backupScript(writer), mode: '0755', owner: '0:0' },
    },
    settings: { archive_mode: true, archive_command: 'pgbackrest archive-push %p' },
  };
}

const secrets = '/run/secrets/pgbackrest';

/** Of this environment alone, so that two of them can share a repository and none writes to the other's. */
function stanzaOf(name: string): string {
  const { system = '', target } = slot().open ?? {};
  return `${system}-${target?.name ?? ''}-${name}`;
}
