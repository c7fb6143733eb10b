import type { Subject } from '../assertion/said.ts';
import type { OwnMatchers, OwnSubject, OwnType } from '../check/subject-type.ts';
import type { Naming } from './naming.ts';
import { ownSubject } from './own.ts';
import { groupName, line, userName, word, wordsOf } from './rules.ts';

export interface SoftwareSubjects {
  /** A command, run inside. A text with anything but plain words in it is a line for `sh`. */
  command(command: string | readonly string[]): Subject<'command'>;
  /** A package of the distribution. */
  package(name: string): Subject<'package'>;
  /** A user, as /etc/passwd has it. */
  user(name: string): Subject<'user'>;
  /** A group, as /etc/group has it. */
  group(name: string): Subject<'group'>;
  /** Something of a type of your own, made by `subjectType`. */
  a<A extends readonly string[], M extends OwnMatchers>(type: OwnType<A, M>, ...words: A): OwnSubject<M>;
}

const packageName = word('the name of a package', 'ca-certificates');

export const softwareSubjects = (naming: Naming): SoftwareSubjects => ({
  command: function command(given) {
    const words = { shape: { command: line }, given: { command: given }, callee: command };
    return naming.name('command', words, () => ({ command: wordsOf(given) }));
  },
  package: function itsPackage(name) {
    const given = { shape: { name: packageName }, given: { name }, callee: itsPackage, as: 'it.package' };
    return naming.name('package', given, () => ({ name }));
  },
  user: function user(name) {
    return naming.name('user', { shape: { name: userName }, given: { name }, callee: user }, () => ({ name }));
  },
  group: function group(name) {
    return naming.name('group', { shape: { name: groupName }, given: { name }, callee: group }, () => ({ name }));
  },
  a: function a(type, ...words) {
    return ownSubject(type, words, naming, a);
  },
});
