import { posix } from 'node:path';
import { guardedFolder, hasGuarded, looseFiles } from '../../../model/guarded-files.ts';
import { reached, reachesEngine, reachesJournal } from '../../../model/reached.ts';
import type { ServiceSpec } from '../../../model/spec/service-spec.ts';
import { type DerivedAssertion, follows } from '../derived.ts';
import type { DeclaredService } from '../subjects.ts';

/** Each volume is where it is declared, and nothing else is mounted: not a folder of the host, nor the engine's socket. */
export function mounts({ name, spec }: DeclaredService): readonly DerivedAssertion[] {
  const declared = Object.keys(spec.mounts).map(path =>
    follows(`service ${name} declares a volume there`, { type: 'mount', path }, 'isMounted'),
  );
  const all = new Set([...Object.keys(spec.mounts), ...foldersOfFiles(spec), ...reachedBy(spec)]);
  return [...declared, ...guarded(name, spec), ...engineOf(name, spec), nothingElse(name, [...all])];
}

/** The one service that has it is told by name. */
const engineOf = (name: string, spec: ServiceSpec): readonly DerivedAssertion[] =>
  reachesEngine(spec)
    ? [
        follows(
          `service ${name} reaches the engine: it is root on the engine’s machine`,
          { type: 'mount', path: reached.engine },
          'isMounted',
        ),
      ]
    : [];

/** A journal is a file or a server, which the system does not say: one of the two is there. */
const reachedBy = (spec: ServiceSpec): readonly string[] => [
  ...(reachesEngine(spec) ? [reached.engine] : []),
  ...(reachesJournal(spec) ? [reached.journal, guardedFolder] : []),
];

const guarded = (name: string, spec: ServiceSpec): readonly DerivedAssertion[] =>
  hasGuarded(spec)
    ? [follows(`service ${name} declares files there`, { type: 'mount', path: guardedFolder }, 'isReadOnly')]
    : [];

/** Secrets are guarded by a mount; and into a root that is read-only, engines put files by mounting over their folders. */
const foldersOfFiles = (spec: ServiceSpec): readonly string[] => [
  ...(hasGuarded(spec) ? [guardedFolder] : []),
  ...(spec.readOnly ? looseFiles(spec).map(path => posix.dirname(path)) : []),
];

const nothingElse = (name: string, paths: readonly string[]): DerivedAssertion =>
  paths.length === 0
    ? follows(`service ${name} declares no mounts`, { type: 'mounts' }, 'none')
    : follows(`service ${name} declares no other mounts`, { type: 'mounts' }, 'only', paths);
