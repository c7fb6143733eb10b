import { type Size, spellSize, toBytes } from '../../../kit/size.ts';
import { rule } from '../../declaration/rule.ts';
import { someText } from '../../rules.ts';
import type { FileFacts } from '../facts/files.ts';
import type { Matcher } from '../matcher.ts';
import { size, textOrPattern } from '../words/given.ts';
import { isIn, spellWanted, type TextPattern } from '../words/pattern.ts';
import { exists, hasMode, isOwnedBy, isReadOnly, spellMode } from './entry.ts';

type On<A extends readonly (TextPattern | number)[] = []> = Matcher<FileFacts, A>;

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

const isLinkTo: On<[target: string]> = {
  says: target => `is a symbolic link to ${target}`,
  takes: [someText],
  holds: ({ link }, target) => link === target,
  found: ({ link, type }) => (link === undefined ? `it is a ${type}` : `it leads to ${link}`),
};

const contains: On<[text: TextPattern]> = {
  says: text => `contains ${spellWanted(text)}`,
  takes: [textOrPattern],
  holds: ({ content = '' }, text) => isIn(text, content),
  found: ({ type, content = '' }, text) => {
    if (type !== 'file') return `it is a ${type}`;
    return isIn(text, content) ? 'it is in there' : `${content.length} characters without it`;
  },
  reads: 'content',
};

const digest = rule<string>(
  { is: 'a SHA-256 in hex', why: 'it is 64 digits', fix: 'take it from `sha256sum`' },
  value => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
);

const hasSha256: On<[hex: string]> = {
  says: hex => `has SHA-256 ${hex}`,
  takes: [digest],
  holds: ({ sha256 }, hex) => sha256 === hex,
  found: ({ sha256 }) => `SHA-256 ${sha256}`,
  reads: 'sha256',
};

const isSmallerThan: On<[size: Size]> = {
  says: most => `is smaller than ${most}`,
  takes: [size],
  holds: (facts, most) => facts.size < toBytes(most),
  found: facts => spellSize(facts.size),
};

const isExecutable: On = {
  says: () => 'is executable',
  holds: ({ type, mode }) => type === 'file' && (mode & 0o111) !== 0,
  found: ({ type, mode }) => (type === 'file' ? `mode ${spellMode(mode)}` : `it is a ${type}`),
};

/** What can be said of a file, or of whatever is at its path. */
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
  /** The text is in it, or the pattern matches somewhere. */
  contains,
  /** The SHA-256 of its content, in hex. */
  hasSha256,
  /** As in `'10MB'`. */
  isSmallerThan,
  /** Nobody but root may write to it, nor to anything inside of it. */
  isReadOnly,
  isExecutable,
};
