import type { SubjectType } from '../../model/spec/subject-spec.ts';
import { mountsOf } from './facts/all-mounts.ts';
import { listeningOf, portRange } from './facts/network/listening.ts';
import { peopleFiles } from './facts/people.ts';
import { ownersOf } from './facts/processes.ts';
import type { Telling } from './telling.ts';

const people = peopleFiles.map(path => ({ path, content: true }));

/** The types of which all that there is is told, so that nothing else can be there. */
export const wholeTellings: { readonly [T in SubjectType & ('listening' | 'processes' | 'mounts')]: Telling<T> } = {
  listening: {
    wants: () => ({ network: true, kernel: [portRange], processes: true, sockets: true }),
    tells: listeningOf,
  },
  processes: { wants: () => ({ files: people, processes: true }), tells: ownersOf },
  mounts: { wants: () => ({ mounts: true }), tells: ({ snapshot }) => mountsOf(snapshot) },
};
