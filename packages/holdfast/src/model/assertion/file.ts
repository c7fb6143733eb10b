import { rule } from '../declaration/rule.ts';
import { someText } from '../rules.ts';
import type { Matcher } from './matcher.ts';

/** A file or folder, links followed. */
export interface FileFacts {
  readonly type: 'file' | 'directory' | 'other';
  /** The lower twelve bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Names, where there are such. */
  readonly user?: string;
  readonly group?: string;
  /** In bytes. */
  readonly size: number;
  /** Where the path itself is a symbolic link: what it says. */
  readonly link?: string;
  /** Present only where something is said of it. */
  readonly content?: string;
  /** Paths at it, and inside of it, that others than root may write to. */
  readonly writable: readonly string[];
}

type On<E extends string | number | undefined = undefined> = Matcher<FileFacts, E>;

const exists: On = {
  says: () => 'exists',
  holds: () => true,
  found: ({ type }) => `there is a ${type}`,
  isOfPresence: true,
};

const isFile: On = {
  says: () => 'is a file',
  holds: ({ type }) => type === 'file',
  found: ({ type }) => `it is a ${type}`,
};

const isDirectory: On = {
  says: () => 'is a directory',
  holds: ({ type }) => type === 'directory',
  found: ({ type }) => `it is a ${type}`,
};

const isLinkTo: On<string> = {
  says: target => `is a symbolic link to ${target}`,
  takes: someText,
  holds: ({ link }, target) => link === target,
  found: ({ link, type }) => (link === undefined ? `it is a ${type}` : `it leads to ${link}`),
};

const octal = rule<string>(
  { is: 'a mode in octal, as a text', why: '0644 without quotes is another number', fix: "write it as in '0644'" },
  value => typeof value === 'string' && /^[0-7]{3,4}$/.test(value),
);

export const spellMode = (mode: number): string => mode.toString(8).padStart(4, '0');

const hasMode: On<string> = {
  says: mode => `has mode ${mode.padStart(4, '0')}`,
  takes: octal,
  holds: ({ mode }, wanted) => mode === Number.parseInt(wanted, 8),
  found: ({ mode }) => `mode ${spellMode(mode)}`,
};

const owner = rule<string>(
  { is: 'a user, or user:group', fix: "write it as in 'root', 'app:app' or '10001:10001'" },
  value => typeof value === 'string' && /^[\w.-]+(:[\w.-]+)?$/.test(value),
);

const isOwnedBy: On<string> = {
  says: who => `is owned by ${who}`,
  takes: owner,
  holds: ({ uid, gid, user, group }, who) => {
    const [wantedUser, wantedGroup] = who.split(':');
    const isUser = wantedUser === user || wantedUser === String(uid);
    return isUser && (wantedGroup === undefined || wantedGroup === group || wantedGroup === String(gid));
  },
  found: ({ uid, gid, user, group }) => `owner ${user ?? uid}:${group ?? gid}`,
};

const contains: On<string> = {
  says: text => `contains ${JSON.stringify(text)}`,
  takes: someText,
  holds: ({ content = '' }, text) => content.includes(text),
  found: ({ type, content = '' }, text) => {
    if (type !== 'file') return `it is a ${type}`;
    return content.includes(text) ? 'the text is in it' : `${content.length} characters without it`;
  },
};

const isReadOnly: On = {
  says: () => 'is read-only for all but root',
  holds: ({ writable }) => writable.length === 0,
  found: ({ writable }) =>
    writable.length === 0 ? 'nobody but root may write' : `others may write to ${some(writable)}`,
};

const isExecutable: On = {
  says: () => 'is executable',
  holds: ({ type, mode }) => type === 'file' && (mode & 0o111) !== 0,
  found: ({ type, mode }) => (type === 'file' ? `mode ${spellMode(mode)}` : `it is a ${type}`),
};

const some = (paths: readonly string[]): string =>
  paths.length > 3 ? `${paths.slice(0, 3).join(', ')} and ${paths.length - 3} more` : paths.join(', ');

/** What can be said of a file or a folder. */
export const fileMatchers = {
  exists,
  isFile,
  isDirectory,
  /** It is a symbolic link that says exactly this. */
  isLinkTo,
  /** Octal: `'0644'`. */
  hasMode,
  /** `'root'`, `'app:app'`, or numbers. */
  isOwnedBy,
  /** The text is in it. */
  contains,
  /** Nobody but root may write to it, nor to anything inside of it. */
  isReadOnly,
  isExecutable,
};
