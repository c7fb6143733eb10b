import type Docker from 'dockerode';
import { Problem } from '../../../kit/problem.ts';
import type { Task } from '../../../ports/workshop.ts';
import type { Frame } from '../inside/frames.ts';
import { linesOf } from '../lines.ts';
import { errand } from './errand.ts';

/** Does the work's command, and tells what it says. Throws a Problem when it ends with another code than 0. */
export async function command(container: Docker.Container, work: Task): Promise<void> {
  const said: string[] = [];
  const asked = {
    command: ['sh', '-c', 'umask 022; exec "$@"', 'sh', ...work.command],
    user: isRoot(work.user) ? '0:0' : work.user,
    workdir: work.workdir,
    env: { ...homeOf(work.user), ...work.env },
  };
  const { code } = await errand(container, asked, async frames => {
    for await (const line of linesOf(bytesOf(frames))) {
      said.push(line);
      work.onOutput(line);
    }
  });
  if (code !== 0) throw failed(work, code, said);
}

/** Before packages are configured, there is no list of users that has it. */
const isRoot = (user: string): boolean => /^(root|0)(:(root|0))?$/.test(user);

/** Of any other user the engine finds it in the image. */
const homeOf = (user: string): Record<string, string> => (isRoot(user) ? { HOME: '/root' } : {});

async function* bytesOf(frames: AsyncIterable<Frame>): AsyncGenerator<Uint8Array> {
  for await (const { bytes } of frames) yield bytes;
}

const failed = ({ about, command }: Task, code: number, said: readonly string[]): Problem =>
  new Problem({
    what: `${about} failed`,
    where: command.join(' ').slice(0, 200),
    why: `it ended with exit code ${code}`,
    evidence: said.slice(-20),
  });
