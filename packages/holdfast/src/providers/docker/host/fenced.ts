import type Docker from 'dockerode';
import { exitCode, Problem } from '../../../kit/problem.ts';
import type { DockerHost } from './host.ts';

/** What dockerode hands every request to. */
interface Modem {
  dial(options: { readonly method: string }, callback: Answered): void;
}

type Answered = (error: unknown, data?: unknown) => void;

/**
 * The same engine, asked for a change only while `holds` says so. Several requests make one step: a process that slept
 * between two of them must not go on with the next when another one has taken its place.
 */
export function fenced(host: DockerHost, holds: () => Promise<boolean>): DockerHost {
  const modem = host.docker.modem as Modem;
  const dial: Modem['dial'] = (options, callback) => {
    if (isLook(options)) return modem.dial(options, callback);
    const answer = once(callback);
    const asked = async (): Promise<void> => ((await holds()) ? modem.dial(options, answer) : answer(overtaken()));
    asked().catch(answer);
  };
  const docker: Docker = Object.create(host.docker, {
    modem: { value: Object.create(modem, { dial: { value: dial } }) },
  });
  return { ...host, docker };
}

/** What throws while it is asked may have answered before. */
function once(callback: Answered): Answered {
  let isAnswered = false;
  return (error, data) => {
    if (isAnswered) return;
    isAnswered = true;
    callback(error, data);
  };
}

const isLook = ({ method }: { readonly method: string }): boolean => method === 'GET' || method === 'HEAD';

const overtaken = (): Problem =>
  new Problem({
    what: 'the engine is asked for no further change: another process works on this environment by now',
    exit: exitCode.failed,
    retry: true,
  });
