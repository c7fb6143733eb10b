import { Problem } from '../../../kit/problem.ts';
import type { Source } from '../../../kit/source.ts';
import type { Packed } from './packed.ts';

/** The two parts of a .deb, and where they lie in it. */
export interface DebMembers {
  readonly control: Packed;
  readonly data: Packed;
}

/**
 * The members of a .deb (deb(5)): `debian-binary`, `control.tar`, `data.tar`, in this order; names that begin with `_`
 * may stand between them, and what comes after is of a later format. Throws a Problem for all else.
 */
export function membersOf(source: Source): DebMembers {
  const members = membersOneByOne(source);
  checkVersion(source, next(source, members, 'debian-binary'));
  const control = next(source, members, 'control.tar');
  return { control: packed(source, control), data: packed(source, next(source, members, 'data.tar')) };
}

interface Member {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

const magic = '!<arch>\n';
const headerSize = 60;

function* membersOneByOne(source: Source): Generator<Member> {
  const begins = source.size >= magic.length ? source.at(0, magic.length).toString('latin1') : '';
  if (begins !== magic) throw unsound(source, 'it does not begin as an ar archive does');
  for (let at = magic.length; at < source.size; ) {
    if (at + headerSize > source.size) throw unsound(source, 'it ends within a header');
    const member = memberOf(source, at);
    if (member.offset + member.size > source.size)
      throw unsound(source, `${JSON.stringify(member.name)} goes past the end`);
    yield member;
    at = member.offset + member.size + (member.size % 2);
  }
}

function memberOf(source: Source, at: number): Member {
  const header = source.at(at, headerSize).toString('latin1');
  const [name = '', digits] = [header.slice(0, 16).replace(/\/? *$/, ''), /^(\d+) *$/.exec(header.slice(48, 58))?.[1]];
  if (digits === undefined || !header.endsWith('`\n')) throw unsound(source, 'the header of a member is broken');
  return { name, offset: at + headerSize, size: Number(digits) };
}

function next(source: Source, members: Generator<Member>, wanted: string): Member {
  for (;;) {
    const { value: member, done } = members.next();
    if (done) throw unsound(source, `it has no ${wanted}`);
    const isIt = member.name === wanted || (wanted.endsWith('.tar') && member.name.startsWith(`${wanted}.`));
    if (isIt) return member;
    if (!member.name.startsWith('_'))
      throw unsound(source, `${JSON.stringify(member.name)} is where ${wanted} should be`);
  }
}

/** The format's version is that of its first line; a minor one changes nothing for who knows the major one. */
function checkVersion(source: Source, { offset, size }: Member): void {
  const text = source.at(offset, Math.min(size, 100)).toString('latin1');
  if (!/^2\.\d+\n/.test(text))
    throw unsound(source, `its format is ${JSON.stringify(text.slice(0, 20))}; known is 2.0`);
}

const kinds: ReadonlyMap<string, Packed['kind']> = new Map([
  ['', 'none'],
  ['.xz', 'xz'],
  ['.gz', 'gz'],
  ['.zst', 'zst'],
]);

function packed(source: Source, { name, offset, size }: Member): Packed {
  const kind = kinds.get(name.replace(/^(control|data)\.tar/, ''));
  if (!kind) throw unsound(source, `${JSON.stringify(name)} is packed in a way that is not known`);
  return { file: source.name, offset, length: size, kind };
}

/** What is wrong with the package of this name. */
export const unsound = ({ name }: Pick<Source, 'name'>, why: string): Problem =>
  new Problem({
    what: `${name} is no sound Debian package`,
    why,
    fix: 'Get it anew, from a source that you trust',
  });
