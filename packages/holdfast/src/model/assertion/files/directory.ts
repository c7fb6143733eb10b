import type { DirectoryFacts } from '../facts/files.ts';
import type { Matcher } from '../matcher.ts';
import { listed } from '../words/found.ts';
import { name } from '../words/given.ts';
import { exists, hasMode, isOwnedBy, isReadOnly } from './entry.ts';

const has: Matcher<DirectoryFacts, [entry: string]> = {
  says: entry => `has ${entry} in it`,
  takes: [name],
  holds: ({ entries = [] }, entry) => entries.includes(entry),
  found: ({ entries = [] }) => listed(entries, 'nothing is in it'),
  reads: 'entries',
};

const isEmpty: Matcher<DirectoryFacts> = {
  says: () => 'is empty',
  holds: ({ entries }) => entries?.length === 0,
  found: ({ entries = [] }) => listed(entries, 'nothing is in it'),
  reads: 'entries',
};

/** What can be said of a directory. */
export const directoryMatchers = {
  exists,
  /** Octal: `'0755'`. */
  hasMode,
  /** `'root'`, `'app:app'`, or numbers. */
  isOwnedBy,
  /** Nobody but root may write to it, nor to anything inside of it. */
  isReadOnly,
  /** Something of this name is right in it. */
  has,
  isEmpty,
};
