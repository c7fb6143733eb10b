import { quote } from '../../../kit/shell-words.ts';
import { type Deed, line } from '../sabotage.ts';

/** Changes of /etc/passwd and /etc/group: one name a line, fields between colons. */

type Table = '/etc/passwd' | '/etc/group';

/** A name may have dots, dollars and hyphens in it, and no more that means something to sed. */
const exactly = (name: string): string => name.replaceAll(/[.$[\]*^\\/]/g, '\\$&');

export const without = (table: Table, name: string): Deed => line(`sed -i ${quote(`/^${exactly(name)}:/d`)} ${table}`);

/** The line must be there: a change of nothing is none. */
export const withField = (table: Table, name: string, at: number, value: string | number): Deed => {
  const before = `\\(${exactly(name)}:\\([^:]*:\\)\\{${at - 1}\\}\\)`;
  return line(
    `grep -q ${quote(`^${exactly(name)}:`)} ${table}`,
    `sed -i ${quote(`s|^${before}[^:]*|\\1${String(value).replaceAll(/[|&\\]/g, '\\$&')}|`)} ${table}`,
  );
};

export const withLine = (table: Table, text: string): Deed => line(`printf '%s\\n' ${quote(text)} >> ${table}`);

/** A member is added to a group, which is made where there is none. */
export const withMember = (group: string, user: string): Deed =>
  line(
    `{ grep -q ${quote(`^${exactly(group)}:`)} /etc/group || echo ${quote(`${group}:x:64998:`)} >> /etc/group; }`,
    `sed -i ${quote(`s|^${exactly(group)}:.*|&,${user}|`)} /etc/group`,
  );
