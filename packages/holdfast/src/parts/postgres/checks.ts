import { type CheckHandle, check } from '../../model/check.ts';
import type { ImageHandle } from '../../model/image.ts';
import type { ServiceHandle } from '../../model/service-handle.ts';
import type { Ground } from './ground.ts';
import { inside } from './inside.ts';

/** Another machine may be down, and what waits for it would be lost with the disk of this one. */
export const archivesInTime = `select not exists (select from pg_ls_archive_statusdir()
  where name like '%.ready' and modification < now() - interval '1 minute') as "the archive takes what is written"`;

/** What must be so of a server that is alone. */
export const serverCheck = (server: ServiceHandle<string>, { version, backups }: Ground): CheckHandle =>
  check(server, it => {
    it.mount(inside.volume).isMounted();
    it.directory(inside.cluster(version)).isOwnedBy('postgres').hasMode('0700');
    it.postgres.server().takesQueries();
    it.postgres.setting('ssl').hasValue('on');
    it.postgres.setting('data_checksums').hasValue('on');
    if (backups) it.postgres.setting('archive_mode').hasValue('on');
    if (backups?.at) it.postgres.query(archivesInTime).eventually('30s').returns(true);
  });

/** What must be so of the image, before it is sealed. */
export const imageCheck = (name: string, image: ImageHandle, version: number): CheckHandle =>
  check(
    image,
    it => {
      it.command(`${inside.programs(version)}/postgres --version`).prints(`${version}.`);
      it.command('pgbackrest version').prints('pgBackRest 2.');
      it.command('patroni --version').prints('patroni ');
      it.user('postgres').hasUid(inside.uid);
    },
    { name: `${name}-image` },
  );
