import { inside } from '../inside.ts';
import type { Settings } from '../options.ts';
import { settingsOf } from '../settings.ts';
import { type Layout, namesOf, places } from './places.ts';
import { fetchPlaces } from './scripts/fetch.ts';

const { keys, ports, roles } = places;

/** YAML that is JSON too. */
export const spelled = (config: object): string => `${JSON.stringify(config, undefined, 2)}\n`;

const tls = {
  sslmode: 'verify-full',
  sslrootcert: keys.authority,
  sslcert: keys.certificate,
  sslkey: keys.key,
};

export interface Member {
  readonly name: string;
  readonly version: number;
  readonly backups: Settings | undefined;
}

/** What a member is started with: who it is, and how it reaches the others. What they agree on is in {@link agreed}. */
export const memberConfig = ({ scope, etcd }: Layout, { name, version, backups }: Member) => ({
  scope,
  name,
  etcd3: {
    hosts: namesOf(etcd).map(host => `${host}:${ports.etcd}`),
    protocol: 'https',
    cacert: keys.authority,
    cert: keys.certificate,
    key: keys.key,
  },
  restapi: {
    listen: `0.0.0.0:${ports.control}`,
    connect_address: `${name}:${ports.control}`,
    certfile: keys.certificate,
    keyfile: keys.key,
    cafile: keys.authority,
    // Anyone inside may ask who leads; who commands shows a certificate.
    verify_client: 'optional',
  },
  ctl: { cacert: keys.authority, certfile: keys.certificate, keyfile: keys.key },
  bootstrap: {
    // What is agreed at the very first start. Later on it is what etcd has.
    dcs: agreed({ strict: false, backups }),
    initdb: ['data-checksums', { encoding: 'UTF8' }, { locale: 'C.UTF-8' }],
  },
  postgresql: {
    listen: `0.0.0.0:${ports.postgres}`,
    connect_address: `${name}:${ports.postgres}`,
    data_dir: inside.cluster(version),
    bin_dir: inside.programs(version),
    use_unix_socket: true,
    use_unix_socket_repl: true,
    authentication: {
      superuser: { username: 'postgres' },
      replication: { username: roles.replication, ...tls },
      rewind: { username: roles.rewind, ...tls },
    },
    // Without it a copy waits for the next checkpoint, minutes away.
    basebackup: [{ checkpoint: 'fast' }],
    // A standby whose past can't be rewound is copied anew: nobody has to come and do it.
    remove_data_directory_on_rewind_failure: true,
    remove_data_directory_on_diverged_timelines: true,
    parameters: { unix_socket_directories: inside.socket },
    ...(backups && {
      callbacks: { on_start: leads, on_role_change: leads },
      // Patroni does not promote where it fails.
      pre_promote: `sh -c "touch ${fetchPlaces.promoting} || :"`,
    }),
  },
  // It would reboot the machine, not the container.
  watchdog: { mode: 'off' },
});

const leads = `sh ${inside.told}/leads`;

/** In seconds. Lower would be false alarms: a busy disk or a short stall would then pass for a death. */
const backstop = {
  ttl: 20,
  loop_wait: 1,
  retry_timeout: 3,
  synchronous_mode: true,
};

export interface Agreement {
  readonly strict: boolean;
  readonly settings?: Settings;
  /** Whether what is written is archived, and by which settings. */
  readonly backups: Settings | undefined;
}

/** What all members agree on, in etcd: it changes without a new container. */
export const agreed = ({ strict, settings, backups }: Agreement) => ({
  ...backstop,
  synchronous_mode_strict: strict,
  // Only the synchronous standby takes over, and it has all that was acknowledged. What the primary wrote and nobody
  // was told of is no reason to have no primary.
  maximum_lag_on_failover: 2 ** 40,
  // A server that crashed is not waited for where a standby can take over: one whose disk is full would come back and
  // crash again and again, and lead all the while.
  primary_start_timeout: 0,
  postgresql: {
    use_pg_rewind: true,
    use_slots: true,
    parameters: { ...parameters, ...settingsOf(settings), ...backups },
    ...(backups && { recovery_conf: { restore_command: `sh ${inside.told}/fetch %f "%p"` } }),
    pg_hba: access,
    pg_ident: identities,
  },
});

const parameters: Settings = {
  ssl: true,
  ssl_ca_file: keys.authority,
  ssl_cert_file: keys.certificate,
  ssl_key_file: keys.key,
  // A standby that was away for a while goes on where it was.
  wal_keep_size: '256MB',
  // A promotion that is asked for in an unlucky moment waits for so long: the default is 5 s.
  wal_retrieve_retry_interval: '500ms',
  // Whom the primary has not heard of for so long is no longer waited for.
  wal_sender_timeout: '5s',
  wal_receiver_timeout: '5s',
  tcp_keepalives_idle: 5,
  tcp_keepalives_interval: 2,
  tcp_keepalives_count: 3,
};

/** By socket who is `postgres` in the container; members by their certificates; clients by password. All others not. */
const access = [
  'local all postgres peer',
  `local replication ${roles.replication} peer map=members`,
  `hostssl replication ${roles.replication} all cert map=members`,
  `hostssl postgres ${roles.rewind} all cert map=members`,
  `host all postgres,${roles.replication},${roles.rewind} all reject`,
  'hostssl all all all scram-sha-256',
];

/** Who has a certificate of the cluster's authority is a member. */
const identities = [
  `members postgres ${roles.replication}`,
  `members /^.*$ ${roles.replication}`,
  `members /^.*$ ${roles.rewind}`,
];
