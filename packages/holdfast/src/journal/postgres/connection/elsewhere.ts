import { Secret } from '../../../kit/secret.ts';
import type { Address } from './address.ts';
import { passwordFor } from './password.ts';

type Env = NodeJS.ProcessEnv;

/** In words, why an address leads nowhere for a process that is not of this machine; undefined where it should not. */
export function apartFor({ options, url }: Address, env: Env = process.env): string | undefined {
  const host = options.host || env.PGHOST || 'localhost';
  if (host.startsWith('/') || loopback.test(host)) return 'its address is this machine’s own';
  const certificates = certificateFiles.find(name => url.reveal().includes(`${name}=`));
  return certificates && `its ${certificates} is a file of this machine`;
}

const loopback = /^(localhost|127(\.\d+){3}|::1)$/;
const certificateFiles = ['sslrootcert', 'sslcert', 'sslkey'];

/** The whole URL, for a process that has none of this one's variables and password files. */
export async function wholeUrl({ options, url }: Address, env: Env = process.env): Promise<Secret> {
  const whole = new URL(url.reveal());
  const host = options.host || env.PGHOST || 'localhost';
  const port = String(options.port || env.PGPORT || 5_432);
  const user = options.user || env.PGUSER || env.USER || 'postgres';
  const database = options.database || env.PGDATABASE || user;
  whole.hostname = host;
  whole.port = port;
  whole.username = encodeURIComponent(user);
  whole.pathname = `/${encodeURIComponent(database)}`;
  const password = options.password || (await passwordFor({ host, port: Number(port), user, database }, env));
  if (typeof password === 'string') whole.password = encodeURIComponent(password);
  return new Secret(whole.href);
}
