import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../../../kit/problem.ts';
import type { Work } from '../../../ports/workshop.ts';
import { framesOf } from '../inside/frames.ts';
import { linesOf } from '../lines.ts';
import type { Room } from './room.ts';

/** Does the work's command in the room, and tells what it says. Throws a Problem when it ends with another code than 0. */
export async function command({ container }: Room, work: Work): Promise<void> {
  const said: string[] = [];
  const exec = await container.exec({
    Cmd: ['sh', '-c', 'umask 022; exec "$@"', 'sh', ...work.command],
    Env: Object.entries({ ...homeOf(work.user), ...work.env }).map(([key, value]) => `${key}=${value}`),
    User: work.user,
    WorkingDir: work.workdir,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await exec.start({ hijack: true, stdin: false });
  for await (const line of linesOf(bytesOf(stream))) {
    said.push(line);
    work.onOutput(line);
  }
  const code = await exitCodeOf(exec);
  if (code !== 0) throw failed(work, code, said);
}

/** Of any other user the engine finds it in the image. */
const homeOf = (user: string): Record<string, string> => (/^(root|0)(:|$)/.test(user) ? { HOME: '/root' } : {});

async function* bytesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const { bytes } of framesOf(stream)) yield bytes;
}

/** The engine closes the output a moment before it knows the exit code, or long before: where the command closed it. */
async function exitCodeOf(exec: {
  inspect(): Promise<{ Running: boolean; ExitCode: number | null }>;
}): Promise<number> {
  for (let wait = 2; ; wait = Math.min(wait * 2, 100)) {
    const { Running, ExitCode } = await exec.inspect();
    if (!Running && ExitCode !== null) return ExitCode;
    await pause(wait);
  }
}

const failed = ({ about, command }: Work, code: number, said: readonly string[]): Problem =>
  new Problem({
    what: `${about} failed`,
    where: command.join(' ').slice(0, 200),
    why: `it ended with exit code ${code}`,
    evidence: said.slice(-20),
  });
