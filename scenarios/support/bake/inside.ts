import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { docker } from '../project.ts';

/** Runs a shell script as root in a fresh container of an image without a network; what it printed. Throws unless it ends with 0. */
export async function inFresh(image: string, script: string): Promise<string> {
  const container = await docker.createContainer({
    Image: image,
    Entrypoint: ['/bin/sh', '-euc'],
    Cmd: [script],
    User: '0:0',
    WorkingDir: '/',
    Tty: true,
    HostConfig: { NetworkMode: 'none' },
  });
  try {
    const stream = await container.attach({ stream: true, stdout: true, stderr: true });
    await container.start();
    const printed = (await buffer(stream as unknown as Readable)).toString().replaceAll('\r\n', '\n');
    const { StatusCode } = await container.wait();
    if (StatusCode !== 0) throw new Error(`in ${image}: ${script} ended with ${StatusCode}\n${printed}`);
    return printed;
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/** Takes a name off the engine, and with the last name of an image the image. */
export const forget = (image: string): Promise<unknown> =>
  docker
    .getImage(image)
    .remove()
    .catch(() => undefined);
