import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Verifier } from '../../providers/postgres/password/verifier.ts';
import { identifier, literal } from '../../providers/postgres/sql/quote.ts';
import { openServers, type Server, type Servers } from './testing/ground.ts';
import { hasPostgres } from './testing/image.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** Plain ones, spaces of all kinds, ligatures, what is left out, what SASLprep refuses, and both directions. */
const passwords = [
  'correct horse',
  `'"\\$$`,
  'pass\u00a0word\u3000',
  'ﬁsh Ⅸ',
  'so\u00adft',
  'é',
  'e\u0301',
  'bell\u0007',
  'שלום',
  'שלוםa',
  '٣abc',
  '\u200bzero',
  '日本語 パスワード',
  '😀',
  '\ufeff',
];

describe.runIf(hasPostgres)('against a real PostgreSQL', () => {
  let servers: Servers;
  let server: Server;
  beforeAll(async () => {
    servers = await openServers('pgp');
    server = await servers.serve();
  });
  afterAll(() => servers?.[Symbol.asyncDispose]());

  test('a verifier is what the server makes of the same password', async () => {
    const script = passwords.map(
      (password, at) => `create role p${at} password ${literal(password)};
        select rolpassword from pg_authid where rolname = 'p${at}';`,
    );
    const made = (await server.sql(script.join('\n'))).split('\n');
    const unfit = passwords.filter((password, at) => !new Verifier(made[at] ?? '').fits(password));
    expect(unfit).toEqual([]);
    expect(new Verifier(made[0] ?? '').fits('correct horse ')).toBe(false);
  });

  test('names and texts are quoted as the server does it', async () => {
    const texts = [`a"b`, `a'b`, 'a\\b', `$$ ; -- /* :x :'x' \${y} %I`, 'new\nline', 'tab\t', 'ünï', '\\q', 'SELECT'];
    for (const text of texts) {
      expect(await server.sql(`select ${literal(text)} as ${identifier(text)}`)).toBe(text.trim());
      expect(
        await server.sql(
          `create schema ${identifier(text)}; select count(*) from pg_namespace where nspname = ${literal(text)}`,
        ),
      ).toBe('1');
    }
    expect(() => identifier('ü'.repeat(32))).toThrow(/can't be a name/);
    expect(() => literal('a\0')).toThrow(/can't be written in SQL/);
  });
});
