const volume = '/var/lib/postgresql/data';

/** Where things are inside an instance of the database, and who runs there. */
export const inside = {
  /** Also the id of its group. */
  uid: 999,
  user: '999:999',
  home: '/var/lib/postgresql',
  /** Where the volume is. */
  volume,
  /** The cluster: a folder in the volume, named by its version, so that an upgrade has both side by side. */
  cluster: (version: number): string => `${volume}/${version}`,
  programs: (version: number): string => `/usr/lib/postgresql/${version}/bin`,
  /** Where the volume with the backups is. */
  repository: '/var/lib/pgbackrest',
  socket: '/run/postgresql',
  /** What it is told, by file. */
  told: '/etc/holdfast/postgres',
  /** Key and certificate of the server. */
  key: '/run/secrets/postgres/server.key',
  certificate: '/run/secrets/postgres/server.pem',
  port: 5432,
} as const;
