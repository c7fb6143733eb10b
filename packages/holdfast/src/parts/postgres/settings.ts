import { inside } from './inside.ts';
import type { Settings } from './options.ts';

/** What no setting of the user's may change: a server is reached, proved and backed up by it. */
export const reserved: ReadonlySet<string> = new Set([
  'archive_command',
  'archive_library',
  'archive_mode',
  'cluster_name',
  'config_file',
  'data_directory',
  'hba_file',
  'hot_standby',
  'ident_file',
  'listen_addresses',
  'port',
  'primary_conninfo',
  'primary_slot_name',
  'restore_command',
  'ssl',
  'ssl_ca_file',
  'ssl_cert_file',
  'ssl_key_file',
  'synchronous_standby_names',
  'unix_socket_directories',
  'wal_level',
  'wal_log_hints',
]);

/** The settings of any server of ours, with those of the user. */
export const settingsOf = (given: Settings = {}): Settings => ({
  // What is written in a quiet hour is archived within a minute all the same.
  archive_timeout: '60s',
  // An engine gives 64 MB of /dev/shm, which two parallel queries fill.
  dynamic_shared_memory_type: 'sysv',
  log_line_prefix: '%m [%p] %q%u@%d ',
  log_timezone: 'UTC',
  timezone: 'UTC',
  ...given,
});

/** How a server is reached. */
export const reachSettings: Settings = {
  listen_addresses: '*',
  port: inside.port,
  unix_socket_directories: inside.socket,
  hba_file: `${inside.told}/pg_hba.conf`,
  ssl: true,
  ssl_key_file: inside.key,
  ssl_cert_file: inside.certificate,
};

/** As `postgresql.conf` has them. */
export const configText = (settings: Settings): string =>
  `${Object.entries(settings)
    .map(([name, value]) => `${name} = ${spell(value)}`)
    .join('\n')}\n`;

const spell = (value: Settings[string]): string => {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
};

/** Who may come in: the superuser by the socket alone, everybody else by TLS and password. */
export const accessRules = `local all postgres peer
local all all reject
host all postgres all reject
hostssl all all all scram-sha-256
`;
