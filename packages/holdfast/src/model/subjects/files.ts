import type { Subject } from '../assertion/said.ts';
import { absolutePath } from '../rules.ts';
import type { Naming } from './naming.ts';

export interface FileSubjects {
  /** A file, or whatever is there, by its absolute path. Links are followed. */
  file(path: string): Subject<'file'>;
  /** A directory, by its absolute path. Links are followed. */
  directory(path: string): Subject<'directory'>;
  /** The file system that is mounted at a path. */
  mount(path: string): Subject<'mount'>;
  /** The space where a path is. */
  disk(path: string): Subject<'disk'>;
}

const shape = { path: absolutePath };

export const fileSubjects = ({ name }: Naming): FileSubjects => ({
  file: function file(path) {
    return name('file', { shape, given: { path }, callee: file }, () => ({ path }));
  },
  directory: function directory(path) {
    return name('directory', { shape, given: { path }, callee: directory }, () => ({ path }));
  },
  mount: function mount(path) {
    return name('mount', { shape, given: { path }, callee: mount }, () => ({ path }));
  },
  disk: function disk(path) {
    return name('disk', { shape, given: { path }, callee: disk }, () => ({ path }));
  },
});
