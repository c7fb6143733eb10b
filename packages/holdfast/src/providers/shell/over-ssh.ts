import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { Problem } from '../../kit/problem.ts';
import { quote } from '../../kit/shell-words.ts';
import type { Spawn } from '../../ports/looking/spawn.ts';
import { spawnedBy } from './child.ts';

/**
 * Nobody is there to type a password, or to say that an unknown machine is the right one; one that falls silent is given up
 * after 15 s; and what a person forwards for himself is not ours.
 */
const options = [
  ...['BatchMode=yes', 'ConnectTimeout=5', 'ServerAliveInterval=5', 'ServerAliveCountMax=3'],
  ...['ClearAllForwardings=yes', 'LogLevel=ERROR'],
].flatMap(option => ['-o', option]);

/** How `ssh` itself ends where it could not run anything, and we where nobody becomes root there. */
const [notThere, notRoot] = [255, 254];

/**
 * Starts commands on a machine that `ssh` reaches by this name. What only root may look at needs root there, or sudo without
 * a password. Who could not get in once is not tried again.
 */
export function spawnOverSsh(destination: string): Spawn {
  let refused: Problem | undefined;
  return async (_, command, { user }, signal) => {
    signal.throwIfAborted();
    if (refused) throw refused;
    const line = user === asRoot ? becomingRoot(command) : lineOf(command);
    // Whatever shell its user has: POSIX's is asked to read it.
    const child = spawn('ssh', [...options, '-T', '--', destination, `exec sh -c ${quote(line)}`], { detached: true });
    const failureOf = (code: number, said: string): Problem | undefined => {
      refused ??= code === notThere ? notReached(destination, said) : undefined;
      return code === notRoot ? onlyRoot(destination, said) : refused;
    };
    return spawnedBy(child, { ends: true, failureOf });
  };
}

/** Where `ssh` goes for this name. */
export async function hostOverSsh(destination: string): Promise<string> {
  const { stdout } = await promisify(execFile)('ssh', ['-G', '--', destination]).catch(cause => {
    throw notReached(destination, String(cause.stderr ?? cause.message));
  });
  return /^hostname (.*)$/m.exec(stdout)?.[1] ?? destination;
}

const asRoot = '0:0';

const lineOf = (command: readonly string[]): string => `exec ${command.map(quote).join(' ')}`;

/** Under sudo it may be in the process group of that, which can't be ended with it: it is given one of its own. */
const becomingRoot = (command: readonly string[]): string =>
  [
    `if [ "$(id -u)" = 0 ]; then ${lineOf(command)}; fi`,
    `sudo -n true </dev/null || exit ${notRoot}`,
    `exec sudo -n sh -c 'setsid -w true 2>/dev/null && exec setsid -w "$@"; exec "$@"' holdfast ${command.map(quote).join(' ')}`,
  ].join('; ');

const lastOf = (said: string): string => said.trim().split('\n').at(-1)?.trim() ?? '';

const notReached = (destination: string, said: string): Problem =>
  new Problem({
    what: `ssh ${destination}: ${lastOf(said) || 'it can not be reached'}`,
    fix: `see that \`ssh ${destination} true\` works here without a question`,
  });

const onlyRoot = (destination: string, said: string): Problem =>
  new Problem({
    what: `ssh ${destination}: only root may look there (${lastOf(said)})`,
    fix: 'name a user who is root, or who may use sudo without a password',
  });
