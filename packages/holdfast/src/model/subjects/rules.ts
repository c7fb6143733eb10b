import * as z from 'zod/mini';
import { headerName } from '../assertion/words/given.ts';
import { isLater, type Later } from '../declaration/later.ts';
import { members, rule } from '../declaration/rule.ts';
import { command, someText } from '../rules.ts';

/** Schemas of what names subjects. */

export const pathOfUrl = rule<string>(
  { is: "a path that begins with '/'", fix: "write it as in '/healthz'" },
  value => typeof value === 'string' && /^\/[^\s#]*$/.test(value),
);

export const userName = rule<string>(
  { is: 'a user name', fix: "write it as in 'app'" },
  value => typeof value === 'string' && /^[a-z_][a-z0-9_.-]*\$?$/i.test(value),
);

export const groupName = rule<string>(
  { is: 'the name of a group', fix: "write it as in 'app'" },
  value => typeof value === 'string' && /^[a-z_][a-z0-9_.-]*\$?$/i.test(value),
);

export const line = rule<string | readonly string[]>(
  {
    is: 'a command',
    why: 'it is a line for a shell, or an array of texts, one for each argument',
    fix: "write it as in it.command('node --version') or it.command(['node', '--version'])",
  },
  value => (typeof value === 'string' ? value.trim() !== '' : command.safeParse(value).success),
);

/** Plain words need no shell, which an image may not have. */
export function wordsOf(given: string | readonly string[]): readonly string[] {
  if (typeof given !== 'string') return given;
  const words = given.trim();
  return /^[\w@%+:,./ -]+$/.test(words) ? words.split(/ +/) : ['sh', '-c', words];
}

/** One word, as the names of packages, processes, variables and interfaces are. */
export const word = (is: string, example: string) =>
  rule<string>(
    { is, why: 'it is one word, and looked for as it stands', fix: `write it as in '${example}'` },
    value => typeof value === 'string' && /^[^\s/\0][^\s/\0]*$/.test(value),
  );

export const host = rule<string | Later>(
  { is: 'the name or the address of a host, or a Ref', fix: "write it as in 'db.example', '10.0.0.5' or db.host" },
  value => isLater(value) || (typeof value === 'string' && /^[a-z0-9:]([a-z0-9:._-]*[a-z0-9])?$/i.test(value)),
);

const isUrl =
  (...schemes: readonly string[]) =>
  (value: unknown): boolean =>
    isLater(value) ||
    (typeof value === 'string' && URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)));

export const httpUrl = rule<string | Later>(
  {
    is: 'a URL that begins with http: or https:, or a Ref',
    fix: "write it as in 'https://shop.example/' or door.url('/')",
  },
  isUrl('http', 'https'),
);

export const anyUrl = rule<string | Later>(
  {
    is: 'a URL that begins with http:, https: or tcp:, or a Ref',
    fix: "write it as in 'https://shop.example/', 'tcp://db.example:5432' or door.url('/')",
  },
  isUrl('http', 'https', 'tcp'),
);

const methods: readonly unknown[] = ['GET', 'HEAD', 'OPTIONS'];

const method = rule<'GET' | 'HEAD' | 'OPTIONS'>(
  {
    is: "'GET', 'HEAD' or 'OPTIONS'",
    why: 'a check may not change what it checks; the other methods are there to do so',
  },
  value => methods.includes(value),
);

const headers = z.record(headerName, someText);

export const request = members({ method: z.optional(method), headers: z.optional(headers) });
