import pgpass from 'pgpass';

/** From PGPASSWORD, or the password file: PGPASSFILE, else `~/.pgpass`. Empty where there is none for this connection. */
export const passwordFor = (to: Parameters<typeof pgpass>[0], env: NodeJS.ProcessEnv = process.env): Promise<string> =>
  new Promise(resolve => {
    if (env.PGPASSWORD) resolve(env.PGPASSWORD);
    else pgpass(to, found => resolve(found ?? ''));
  });
