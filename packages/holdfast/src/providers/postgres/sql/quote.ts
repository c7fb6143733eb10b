import { Problem } from '../../../kit/problem.ts';

/** PostgreSQL cuts longer names, in bytes, so that two could become one. */
const longest = 63;

/** A name as SQL has it, whatever is in it. */
export const identifier = (name: string): string => `"${fitting(name).replaceAll('"', '""')}"`;

/** A text as SQL has it. Every session has standard_conforming_strings on: a backslash is a backslash. */
export const literal = (text: string): string => `'${withoutZero(text).replaceAll("'", "''")}'`;

/** A value in a connection string. */
export const parameter = (value: string): string =>
  `'${withoutZero(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** The argument of psql's own \connect, which takes quotes away twice: those of a text, then those of a name. */
export function target(connection: string): string {
  const name = `"${withoutZero(connection).replaceAll('"', '""')}"`;
  return `'${name.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

function fitting(name: string): string {
  if (name !== '' && Buffer.byteLength(name) <= longest) return withoutZero(name);
  throw new Problem({
    what: `${JSON.stringify(name)} can't be a name in PostgreSQL`,
    why: `a name has 1 to ${longest} bytes`,
    fix: 'give it a shorter name',
  });
}

function withoutZero(text: string): string {
  if (!text.includes('\0')) return text;
  throw new Problem({
    what: `${JSON.stringify(text)} can't be written in SQL`,
    why: 'there is a zero character in it',
  });
}
