/** Where things are inside an instance of the database, and who runs there. */
export const inside = {
  /** Also the id of its group. */
  uid: 999,
  user: '999:999',
  home: '/var/lib/postgresql',
  /** Where the volume is. The cluster is a folder in it, named by its version. */
  volume: '/var/lib/postgresql/data',
  /** Where the volume with the backups is. */
  repository: '/var/lib/pgbackrest',
  socket: '/run/postgresql',
  port: 5432,
} as const;
