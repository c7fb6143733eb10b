import { spawn } from 'node:child_process';
import { Problem } from '../../kit/problem.ts';
import { quote } from '../../kit/shell-words.ts';
import type { Spawn } from '../../ports/looking/spawn.ts';
import { spawnedBy } from './child.ts';

/**
 * Nobody is there to type a password, or to say that an unknown machine is the right one; and one that falls silent is given
 * up after 15 s.
 */
const options = [
  'BatchMode=yes',
  'ConnectTimeout=10',
  'ServerAliveInterval=5',
  'ServerAliveCountMax=3',
  'LogLevel=ERROR',
];

/** How `ssh` itself ends where it could not run anything, and we where nobody becomes root there. */
const [notThere, notRoot] = [255, 254];

/** Starts commands on a machine that `ssh` reaches by this name. What only root may look at needs root there, or sudo without a password. */
export const spawnOverSsh =
  (destination: string): Spawn =>
  async (_, command, { user }, signal) => {
    signal.throwIfAborted();
    const told = options.flatMap(option => ['-o', option]);
    const line = user === asRoot ? becomingRoot(command) : `exec ${lineOf(command)}`;
    const child = spawn('ssh', [...told, '-T', '--', destination, line], { detached: true });
    return spawnedBy(child, { ends: true, failureOf: (code, said) => failureOf(destination, code, said) });
  };

const asRoot = '0:0';

const lineOf = (command: readonly string[]): string => command.map(quote).join(' ');

const becomingRoot = (command: readonly string[]): string =>
  `if [ "$(id -u)" = 0 ]; then exec ${lineOf(command)}; fi; sudo -n true || exit ${notRoot}; exec sudo -n ${lineOf(command)}`;

function failureOf(destination: string, exitCode: number, said: string): Problem | undefined {
  const why = said.trim().split('\n').at(-1)?.trim() ?? '';
  if (exitCode === notThere)
    return new Problem({
      what: `ssh ${destination}: ${why || 'it can not be reached'}`,
      fix: `see that \`ssh ${destination} true\` works here without a question`,
    });
  if (exitCode === notRoot)
    return new Problem({
      what: `ssh ${destination}: only root may look there (${why})`,
      fix: 'name a user who is root, or who may use sudo without a password',
    });
  return undefined;
}
