import { exitCode, Problem } from '../../kit/problem.ts';
import { identityVariable } from './identity.ts';
import type { Place } from './sealed-file.ts';

/** Why a sealed file can't be read or written, each with what to do about it. */

const asked = ({ readers }: Place): string => (readers.length > 0 ? `one of ${readers.join(', ')}` : 'one who can');

export const noIdentity = (place: Place): Problem =>
  new Problem({
    what: 'the secrets can not be read: you have no identity',
    where: place.path,
    why: `they are encrypted to ${place.readers.join(', ') || 'the recipients of the environment'}`,
    fix: `make one with \`holdfast secret identity\`, and have its public key added by ${asked(place)}; in CI, put one into ${identityVariable}`,
    exit: exitCode.wrongUse,
  });

export const noRecipient = (place: Place, publicKeys: readonly string[]): Problem =>
  new Problem({
    what: 'the secrets can not be read: they are not encrypted to you',
    where: place.path,
    why: `you are ${publicKeys.join(', ')}; they are encrypted to ${place.readers.join(', ') || 'others'}`,
    fix: `add your key to \`recipients\` in holdfast.config.ts, and ask ${asked(place)} to run \`holdfast secret rekey\``,
    exit: exitCode.wrongUse,
  });

/** Who writes what he can't read has locked himself out. */
export const notAmong = (place: Place, publicKeys: readonly string[]): Problem =>
  new Problem({
    what: 'the secrets would be encrypted to others, and not to you',
    where: place.path,
    why: `you are ${publicKeys.join(', ')}; the recipients are ${place.readers.join(', ')}`,
    fix: 'add your key to `recipients` in holdfast.config.ts',
    exit: exitCode.wrongUse,
  });

export const otherRecipients = (place: Place, added: readonly string[], removed: readonly string[]): Problem =>
  new Problem({
    what: 'the secrets are encrypted to other recipients than holdfast.config.ts has now',
    where: place.path,
    why: [
      ...(added.length > 0 ? [`not yet to ${added.join(', ')}`] : []),
      ...(removed.length > 0 ? [`still to ${removed.join(', ')}, who would read the new value too`] : []),
    ].join('; '),
    fix: 'run `holdfast secret rekey` first',
    exit: exitCode.wrongUse,
  });

export const damaged = ({ path }: Place, why: string, cause?: unknown): Problem =>
  new Problem({
    what: 'the file of the secrets is damaged',
    where: path,
    why,
    fix: 'bring it back: from version control (`git log` and `git checkout`), from a colleague, or from a backup',
    exit: exitCode.failed,
    cause,
  });

export const later = ({ path }: Place): Problem =>
  new Problem({
    what: 'the file of the secrets was written by a later Holdfast',
    where: path,
    why: 'this version does not know its format, and would lose what it does not know',
    fix: 'update Holdfast to the version that your colleagues have',
    exit: exitCode.wrongUse,
  });

export const conflicted = ({ path }: Place): Problem =>
  new Problem({
    what: 'the secrets were changed on two branches',
    where: path,
    why: 'git left both sides in the file: it can not merge what it can not read',
    fix: 'run `holdfast secret merge`, which takes each secret from the side that changed it',
    exit: exitCode.wrongUse,
  });

export const wrongKey = (name: string, key: string, cause: unknown): Problem =>
  new Problem({
    what: `the public key of ${name} is not right`,
    where: 'holdfast.config.ts',
    why: `${key} has a letter that is not as it was: its checksum does not fit`,
    fix: 'copy it again from what `holdfast secret identity` prints where its owner works',
    exit: exitCode.wrongUse,
    cause,
  });

export const nobodyDeclared = (environment: string): Problem =>
  new Problem({
    what: `environment "${environment}" declares no recipients`,
    where: 'holdfast.config.ts',
    why: 'its secrets are those of one person, on this machine',
    fix: "declare them: environment({ recipients: { 'ada@shop.example': 'age1…' } })",
    exit: exitCode.wrongUse,
  });

export const twoValues = (names: readonly string[], path: string, from: string): Problem =>
  new Problem({
    what: `there are two values of ${names.join(', ')}`,
    where: from,
    why: `another one is in ${path}, and only one of the two is right`,
    fix: `take ${names.join(', ')} away from ${from}; if that one is right, give it to \`holdfast secret set\` first`,
    exit: exitCode.wrongUse,
  });

export const bothChanged = (names: readonly string[], path: string): Problem =>
  new Problem({
    what: `both branches gave another value to ${names.join(', ')}`,
    where: path,
    why: 'only a person can tell which of the two is right',
    fix: 'say whose counts for these: `holdfast secret merge --prefer ours`, or `--prefer theirs`',
    exit: exitCode.failed,
  });
