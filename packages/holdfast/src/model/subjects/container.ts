import type { Subject } from '../assertion/said.ts';
import type { Naming } from './naming.ts';

export interface ContainerSubjects {
  /** The container that an instance runs in. */
  container(): Subject<'container'>;
  /** The image that it is started from. */
  image(): Subject<'image'>;
}

export const containerSubjects = (naming: Naming): ContainerSubjects => ({
  container: function container() {
    return naming.name('container', { shape: {}, given: {}, callee: container }, () => ({}));
  },
  image: function image() {
    return naming.name('image', { shape: {}, given: {}, callee: image }, () => ({}));
  },
});
