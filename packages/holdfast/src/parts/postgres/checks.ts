import { type CheckHandle, check } from '../../model/check.ts';
import type { ImageHandle } from '../../model/image.ts';
import type { ServiceHandle } from '../../model/service-handle.ts';
import type { Ground } from './ground.ts';
import { inside } from './inside.ts';

/** What must be so of a server that is alone. */
export const serverCheck = (server: ServiceHandle<string>, { version, backups }: Ground): CheckHandle =>
  check(server, it => {
    it.mount(inside.volume).isMounted();
    it.directory(inside.cluster(version)).isOwnedBy('postgres').hasMode('0700');
    it.postgres.server().takesQueries();
    it.postgres.setting('ssl').hasValue('on');
    it.postgres.setting('data_checksums').hasValue('on');
    if (backups) it.postgres.setting('archive_mode').hasValue('on');
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
