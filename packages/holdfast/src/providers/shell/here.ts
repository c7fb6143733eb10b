import { spawn } from 'node:child_process';
import { Problem } from '../../kit/problem.ts';
import type { Spawn } from '../../ports/looking/spawn.ts';
import { spawnedBy } from './child.ts';

/** Starts commands on this machine itself, as who runs this process. `sh` may be another shell of the caller's choice. */
export const spawnHere =
  (shell: readonly string[] = ['sh']): Spawn =>
  async (_, [program = '', ...words], { user }, signal) => {
    signal.throwIfAborted();
    if (user === asRoot && process.getuid?.() !== 0) throw onlyRoot(program);
    const [file = '', ...first] = program === 'sh' ? shell : [program];
    // A process group of its own, as in a container: so that all of it can be ended.
    const child = spawn(file, [...first, ...words], { detached: true });
    return spawnedBy(child);
  };

const asRoot = '0:0';

const onlyRoot = (program: string): Problem =>
  new Problem({
    what: `${program} can't be run on this machine`,
    why: 'only root may look there',
    fix: 'run Holdfast as root to look into the machine itself',
  });
