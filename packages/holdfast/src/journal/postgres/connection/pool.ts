import pg from 'pg';
import type { Address } from './address.ts';
import { passwordFor } from './password.ts';

/** Whole numbers of 8 bytes come as text otherwise. No place of a journal and no time is beyond what a number holds. */
const types = {
  getTypeParser: ((oid: number, format: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/**
 * A server that is silent for longer than a turn may take, in milliseconds, is a lost one: the kernel alone would wait for a
 * quarter of an hour.
 */
export const settingsOf = ({ options }: Address, turn: number): pg.ClientConfig => ({
  ...options,
  // It is told where it connects to, which its types don't say yet.
  password: options.password || (passwordFor as () => Promise<string>),
  application_name: 'holdfast',
  connectionTimeoutMillis: 5_000,
  query_timeout: turn + 10_000,
  keepAlive: true,
  types,
});

/** Connections that are made when they are asked for. None that is idle keeps the process alive. */
export function openPool(address: Address, turn: number): pg.Pool {
  const pool = new pg.Pool({ ...settingsOf(address, turn), max: 4, allowExitOnIdle: true });
  // Who asked for something learns by its rejection that the connection is lost; nobody else needs to.
  pool.on('error', () => {});
  pool.on('connect', client => client.on('error', () => {}));
  return pool;
}
