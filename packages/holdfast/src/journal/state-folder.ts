import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this machine keeps what outlives a project: `$XDG_STATE_HOME/holdfast`, else `~/.local/state/holdfast`. */
export const stateFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  join(env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'holdfast');
