import { posix } from 'node:path';
import type { ServiceSpec } from '../../../model/spec/service-spec.ts';
import { type DerivedAssertion, follows } from '../derived.ts';
import type { DeclaredService } from '../subjects.ts';

/** Each volume is where it is declared, and nothing else is mounted: not a folder of the host, nor the engine's socket. */
export function mounts({ name, spec }: DeclaredService): readonly DerivedAssertion[] {
  const declared = Object.keys(spec.mounts).map(path =>
    follows(`service ${name} declares a volume there`, { type: 'mount', path }, 'isMounted'),
  );
  return [...declared, nothingElse(name, [...new Set([...Object.keys(spec.mounts), ...foldersOfFiles(spec)])])];
}

/** Engines put files into a root that is read-only by mounting something over their folders. */
const foldersOfFiles = ({ files, readOnly }: ServiceSpec): readonly string[] =>
  readOnly ? Object.keys(files).map(path => posix.dirname(path)) : [];

const nothingElse = (name: string, paths: readonly string[]): DerivedAssertion =>
  paths.length === 0
    ? follows(`service ${name} declares no mounts`, { type: 'mounts' }, 'none')
    : follows(`service ${name} declares no other mounts`, { type: 'mounts' }, 'only', paths);
