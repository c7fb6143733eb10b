import type { CommonOptions } from '../../model/declaration/options.ts';
import { type ImageHandle, image } from '../../model/image.ts';
import { debian } from '../../model/recipe/debian.ts';
import { packages, run, user } from '../../model/recipe/steps.ts';
import { mendPatroni } from './cluster/mended.ts';
import { inside } from './inside.ts';

/** The just-in-time compiler: 130 MB, for queries that take seconds. */
const justInTime = [
  '/usr/lib/*/libLLVM*',
  '/usr/lib/*/libz3.so*',
  '/usr/lib/postgresql/*/lib/llvmjit*',
  '/usr/lib/postgresql/*/lib/bitcode/*',
];

/** What a member of a cluster has besides, so that one image is both and a database can grow standbys. */
const software = ['openssh-client', 'patroni', 'pgbackrest'];

/** PostgreSQL with what looks after it, of Debian's packages. */
export const postgresImage = (name: string, version: number, common: CommonOptions): ImageHandle =>
  image(name, {
    ...common,
    base: debian('bookworm', { packages: ['ca-certificates'] }),
    steps: [
      // Ids that are known beforehand, since files and secrets name them.
      user('postgres', { uid: inside.uid, home: inside.home, shell: '/bin/sh' }),
      packages([`postgresql-${version}`, ...software], { exclude: justInTime }),
      run(mendPatroni),
      // Patroni is Python, which each of its starts would compile anew: three times the time, in each failover.
      run('python3 -m compileall -q --invalidation-mode unchecked-hash /usr/lib/python3 /usr/lib/python3.11'),
      run(`install -d -o postgres -g postgres -m 0700 ${inside.volume} ${inside.repository}`),
    ],
    user: 'postgres',
    ports: [inside.port],
    // Fast shutdown: the default signal would wait for every client to leave by itself.
    stopSignal: 'SIGINT',
  });
