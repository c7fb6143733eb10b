import type { Subject } from '../assertion/said.ts';
import type { Naming } from './naming.ts';

/** All that there is of something: to say that there is nothing else. */
export interface WholeSubjects {
  /** Every socket that waits for others. */
  listening(): Subject<'listening'>;
  /** Every process. */
  processes(): Subject<'processes'>;
  /** Every file system that is mounted, but those that an engine gives to each container. */
  mounts(): Subject<'mounts'>;
}

export const wholeSubjects = (naming: Naming): WholeSubjects => ({
  listening: function listening() {
    return naming.name('listening', { shape: {}, given: {}, callee: listening }, () => ({}));
  },
  processes: function processes() {
    return naming.name('processes', { shape: {}, given: {}, callee: processes }, () => ({}));
  },
  mounts: function mounts() {
    return naming.name('mounts', { shape: {}, given: {}, callee: mounts }, () => ({}));
  },
});
