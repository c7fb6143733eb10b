import type { FactsOf } from '../../model/assertion/facts/facts-of.ts';
import type { SubjectOf, SubjectSpec, SubjectType } from '../../model/spec/subject-spec.ts';
import type { Wanted, WantedFile } from '../../ports/looking/snapshot.ts';
import { directoryIn, fileIn } from './facts/files.ts';
import type { Glance } from './facts/glance.ts';
import {
  cronFiles,
  cronFolders,
  cronIn,
  environmentIn,
  kernelParameterIn,
  memoryFiles,
  memoryIn,
} from './facts/machine.ts';
import { diskIn, mountIn } from './facts/mounts.ts';
import { interfaceFiles, interfaceIn, routeIn } from './facts/network/routes.ts';
import { portIn } from './facts/network/sockets.ts';
import { packageFiles, packageFolders, packageIn, rpmDatabase } from './facts/packages.ts';
import { peopleFiles } from './facts/people.ts';
import { processIn } from './facts/processes.ts';
import type { Scene } from './facts/scene.ts';
import { wholeTellings } from './whole-tellings.ts';

/** How a snapshot tells of subjects of one type. Pure. */
export interface Telling<T extends SubjectType> {
  /** What must be read for it; `costly` are the names of facts that are asked for besides. */
  readonly wants: (of: SubjectOf<T>, costly: ReadonlySet<string>) => Partial<Wanted>;
  readonly tells: (scene: Scene, of: SubjectOf<T>, costly: ReadonlySet<string>) => Glance<FactsOf[T]>;
}

const texts = (paths: readonly string[]): readonly WantedFile[] => paths.map(path => ({ path, content: true }));

const people = texts(peopleFiles);
const processes = { files: people, processes: true } as const;

function insideFor(costly: ReadonlySet<string>): Pick<WantedFile, 'inside'> {
  if (costly.has('writable')) return { inside: 'all' };
  return costly.has('entries') ? { inside: 'directly' } : {};
}

const fileFor = (path: string, costly: ReadonlySet<string>): WantedFile => ({
  path,
  content: costly.has('content'),
  checksum: costly.has('sha256'),
  ...insideFor(costly),
});

const missingUnless = <F>(found: F | undefined, all: ReadonlyMap<string, unknown>): Glance<F> =>
  found ? { facts: found } : { missing: `there is none among ${[...all.keys()].join(', ') || 'nobody'}` };

/** The types that one look at a running target tells of. */
export const tellings: { readonly [T in SubjectType]?: Telling<T> } = {
  file: {
    wants: ({ path }, costly) => ({ files: [...people, fileFor(path, costly)] }),
    tells: (scene, { path }, costly) => fileIn(scene, path, costly),
  },
  directory: {
    wants: ({ path }, costly) => ({ files: [...people, fileFor(path, costly)] }),
    tells: (scene, { path }, costly) => directoryIn(scene, path, costly),
  },
  mount: { wants: () => ({ mounts: true }), tells: ({ snapshot }, { path }) => mountIn(snapshot, path) },
  disk: { wants: ({ path }) => ({ space: [path] }), tells: ({ snapshot }, { path }) => diskIn(snapshot, path) },
  user: {
    wants: () => ({ files: people }),
    tells: ({ people: { users } }, { name }) => missingUnless(users.get(name), users),
  },
  group: {
    wants: () => ({ files: people }),
    tells: ({ people: { groups } }, { name }) => missingUnless(groups.get(name), groups),
  },
  package: {
    wants: () => ({ files: [...texts(packageFiles), { path: rpmDatabase }], folders: packageFolders }),
    tells: (scene, { name }) => packageIn(scene, name),
  },
  process: { wants: () => processes, tells: (scene, { name }) => processIn(scene, name) },
  environment: {
    wants: () => ({ environment: true }),
    tells: ({ snapshot }, { name }) => environmentIn(snapshot, name),
  },
  'kernel-parameter': {
    wants: ({ name }) => ({ kernel: [name] }),
    tells: ({ snapshot }, { name }) => kernelParameterIn(snapshot, name),
  },
  memory: { wants: () => ({ files: texts(memoryFiles) }), tells: ({ snapshot }) => memoryIn(snapshot) },
  cron: {
    wants: ({ user }) => ({ files: texts(cronFiles(user)), folders: cronFolders }),
    tells: ({ snapshot }, { user }) => cronIn(snapshot, user),
  },
  port: {
    wants: (_, costly) => ({ network: true, ...(costly.has('programs') && { ...processes, sockets: true }) }),
    tells: portIn,
  },
  interface: {
    wants: ({ name }) => ({ network: true, files: texts(interfaceFiles(name)) }),
    tells: ({ snapshot }, { name }) => interfaceIn(snapshot, name),
  },
  route: { wants: () => ({ network: true }), tells: ({ snapshot }, { to }) => routeIn(snapshot, to) },
  ...wholeTellings,
};

/** That of the subject's own type; undefined where a snapshot does not tell of it. */
export const tellingOf = ({ type }: SubjectSpec): Telling<SubjectType> | undefined =>
  tellings[type] as Telling<SubjectType> | undefined;
