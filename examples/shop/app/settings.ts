import { readFileSync } from 'node:fs';

/** Ways to be broken on purpose, for those who want to see a bad release go back by itself. */
export const faults = ['none', 'never-healthy', 'crash-worker'] as const;
export type Fault = (typeof faults)[number];

export interface Settings {
  readonly port: number;
  readonly version: string;
  readonly fault: Fault;
  readonly database: {
    readonly host: string;
    readonly port: number;
    readonly name: string;
    readonly user: string;
    readonly password: string;
    /** The certificate, in PEM, by which the server is known. */
    readonly authority: string;
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

const number = (name: string, text: string): number => {
  if (!/^\d+$/.test(text)) throw new Error(`${name} is not a number: ${text}`);
  return Number(text);
};

const isFault = (text: string): text is Fault => (faults as readonly string[]).includes(text);

function fault(text: string): Fault {
  if (!isFault(text)) throw new Error(`SHOP_FAULT is none of ${faults.join(', ')}: ${text}`);
  return text;
}

const readText = (path: string): string => readFileSync(path, 'utf8').trim();

/**
 * User and password come as files, since an environment is shown to everyone who may inspect a container. They belong
 * together: a new password is the password of a new user.
 */
export const readSettings = (env: Environment = process.env, read = readText): Settings => ({
  port: number('PORT', env.PORT ?? '8080'),
  version: env.SHOP_VERSION ?? 'unreleased',
  fault: fault(env.SHOP_FAULT ?? 'none'),
  database: {
    host: env.DATABASE_HOST ?? 'localhost',
    port: number('DATABASE_PORT', env.DATABASE_PORT ?? '5432'),
    name: env.DATABASE_NAME ?? 'shop',
    user: read(env.DATABASE_USER_FILE ?? '/run/secrets/database-user'),
    password: read(env.DATABASE_PASSWORD_FILE ?? '/run/secrets/database-password'),
    authority: read(env.DATABASE_AUTHORITY_FILE ?? '/etc/shop/database-authority.pem'),
  },
});
