import type { LockedPackage } from '../../../ports/distribution.ts';
import type { DebPackage } from '../deb/deb-package.ts';
import { type Fields, fieldsOf } from './database/control.ts';

/** A package that is being installed. */
export interface Package extends DebPackage {
  readonly name: string;
  readonly version: string;
  readonly fields: Fields;
  /** What its files in /var/lib/dpkg/info begin with, and its name in triggers: `libc6:amd64` for Multi-Arch: same. */
  readonly label: string;
}

export function packageOf({ name, version, architecture }: LockedPackage, deb: DebPackage): Package {
  const fields = fieldsOf(deb.control);
  const label = fields.get('Multi-Arch') === 'same' ? `${name}:${architecture}` : name;
  return { ...deb, name, version, fields, label };
}

export const textOf = ({ parts }: DebPackage, part: string): string => {
  const bytes = parts.get(part);
  return bytes ? Buffer.from(bytes).toString() : '';
};

/** The lines of a file of the control part, without comments. */
export const linesOf = (deb: DebPackage, part: string): readonly string[] =>
  textOf(deb, part)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'));

export const runsSomething = ({ parts }: DebPackage): boolean => parts.has('preinst') || parts.has('postinst');
