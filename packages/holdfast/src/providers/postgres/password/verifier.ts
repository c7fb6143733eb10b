import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../../../kit/hash.ts';
import { prepared } from './saslprep.ts';

/** What PostgreSQL takes by default: fewer are quicker to guess through, more make each login slower. */
const iterations = 4096;

/**
 * What PostgreSQL keeps of a password: enough to know who has it, not enough to have it. Made on our side, so that no
 * server ever reads the password. RFC 5802, in the form of `pg_authid.rolpassword`.
 */
export class Verifier {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Of a password, with a salt of its own. */
  static of(password: string, salt: Buffer = randomBytes(16)): Verifier {
    const { stored, server } = keysOf(password, salt, iterations);
    return new Verifier(
      `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored.toString('base64')}:${server.toString('base64')}`,
    );
  }

  /** As SQL is to be given it. */
  reveal(): string {
    return this.#text;
  }

  /** Whether it is of this password. One of another form, such as MD5, is of none. */
  fits(password: string): boolean {
    const [, rounds = '', salt = '', stored = '', server = ''] = form.exec(this.#text) ?? [];
    if (salt === '') return false;
    const keys = keysOf(password, Buffer.from(salt, 'base64'), Number(rounds));
    return same(keys.stored, stored) && same(keys.server, server);
  }

  /** Tells whether it is another one, and no more: a guess can't be tried without its salt. */
  toJSON(): string {
    return `verifier ${sha256(this.#text).slice(0, 16)}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toJSON();
  }
}

const form = /^SCRAM-SHA-256\$(\d+):([\w+/=]+)\$([\w+/=]+):([\w+/=]+)$/;

function keysOf(password: string, salt: Buffer, rounds: number): { stored: Buffer; server: Buffer } {
  const salted = pbkdf2Sync(prepared(password), salt, rounds, 32, 'sha256');
  const client = createHmac('sha256', salted).update('Client Key').digest();
  return {
    stored: createHash('sha256').update(client).digest(),
    server: createHmac('sha256', salted).update('Server Key').digest(),
  };
}

function same(key: Buffer, base64: string): boolean {
  const other = Buffer.from(base64, 'base64');
  return key.length === other.length && timingSafeEqual(key, other);
}
