import { rule } from '../../declaration/rule.ts';
import type { EntryFacts } from '../facts/files.ts';
import type { Matcher } from '../matcher.ts';
import { listed } from '../words/found.ts';

type On<A extends readonly string[] = []> = Matcher<EntryFacts, A>;

export const exists: On = {
  says: () => 'exists',
  holds: () => true,
  found: ({ type }) => `there is a ${type}`,
  isOfPresence: true,
};

const octal = rule<string>(
  { is: 'a mode in octal, as a text', why: '0644 without quotes is another number', fix: "write it as in '0644'" },
  value => typeof value === 'string' && /^[0-7]{3,4}$/.test(value),
);

export const spellMode = (mode: number): string => mode.toString(8).padStart(4, '0');

export const hasMode: On<[mode: string]> = {
  says: mode => `has mode ${mode.padStart(4, '0')}`,
  takes: [octal],
  holds: ({ mode }, wanted) => mode === Number.parseInt(wanted, 8),
  found: ({ mode }) => `mode ${spellMode(mode)}`,
};

const owner = rule<string>(
  { is: 'a user, or user:group', fix: "write it as in 'root', 'app:app' or '10001:10001'" },
  value => typeof value === 'string' && /^[\w.-]+(:[\w.-]+)?$/.test(value),
);

export const isOwnedBy: On<[owner: string]> = {
  says: who => `is owned by ${who}`,
  takes: [owner],
  holds: ({ uid, gid, user, group }, who) => {
    const [wantedUser, wantedGroup] = who.split(':');
    const isUser = wantedUser === user || wantedUser === String(uid);
    return isUser && (wantedGroup === undefined || wantedGroup === group || wantedGroup === String(gid));
  },
  found: ({ uid, gid, user, group }) => `owner ${user ?? uid}:${group ?? gid}`,
};

export const isReadOnly: On = {
  says: () => 'is read-only for all but root',
  holds: ({ writable }) => writable?.length === 0,
  found: ({ writable = [] }) =>
    writable.length === 0 ? 'nobody but root may write' : `others may write to ${listed(writable, 'nothing')}`,
  reads: 'writable',
};
