import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { packTar } from 'modern-tar';
import { randomId } from '../../kit/id.ts';
import type { Seen } from '../../ports/provider.ts';
import { connectDocker, insideDocker } from '../../providers/docker/index.ts';
import { takeInTinyImage } from '../../providers/docker/testing/tiny-image.ts';

/** Containers on the engine of this machine, of an image with a shell and of one without, which all go in the end. */
export async function factsGround() {
  const host = await connectDocker();
  const { docker } = host;
  const name = `hf-facts-${randomId()}`;
  const images = { tiny: `${name}:tiny`, bare: `${name}:bare` } as const;
  await takeInTinyImage(docker, images.tiny);
  await takeInBareImage(docker, name);
  const made: Docker.Container[] = [];
  let begun = 0;
  let network: Docker.Network | undefined;
  return {
    host,
    inside: insideDocker(host, { system: name, environment: 'test' }),

    /** One that runs, with no network but its own loopback, unless it is asked for. */
    async start(command: readonly string[], more: Docker.ContainerCreateOptions = {}): Promise<Seen> {
      begun += 1;
      const number = begun;
      const container = await docker.createContainer({
        name: `${name}-${number}`,
        Image: images.tiny,
        Cmd: [...command],
        HostConfig: { NetworkMode: 'none', Init: true },
        ...more,
      });
      made.push(container);
      await container.start();
      return { kind: 'instance', engine: 'local', id: container.id, name: `web-${number}`, state: {}, about: '' };
    },
    images,
    /** Command lines of all that runs in one, whoever started it. */
    async processesOf({ id }: Seen): Promise<readonly string[]> {
      const { Processes } = await docker.getContainer(id).top();
      return (Processes as readonly (readonly string[])[]).map(row => row.at(-1) ?? '');
    },
    /** A network that containers can be reached on from here. */
    async network(): Promise<string> {
      const Subnet = `10.${100 + Math.floor(Math.random() * 150)}.${Math.floor(Math.random() * 250)}.0/24`;
      network = await docker.createNetwork({ Name: name, IPAM: { Driver: 'default', Config: [{ Subnet }] } });
      return name;
    },
    async [Symbol.asyncDispose]() {
      for (const container of made) await container.remove({ force: true, v: true }).catch(() => {});
      await network?.remove();
      for (const image of Object.values(images)) await docker.getImage(image).remove({ force: true });
    },
  };
}

/** Nothing but one program, which waits: no shell. */
async function takeInBareImage(docker: Docker, repo: string): Promise<void> {
  const body = readFileSync('/bin/busybox');
  const tar = await packTar([
    { header: { name: 'bin/', type: 'directory', size: 0, mode: 0o755 } },
    { header: { name: 'bin/sleep', size: body.length, mode: 0o755 }, body },
    { header: { name: 'etc/', type: 'directory', size: 0, mode: 0o755 } },
    { header: { name: 'etc/passwd', size: 29 }, body: 'root:x:0:0:root:/:/bin/false\n' },
  ]);
  const stream = await docker.importImage(Readable.from([Buffer.from(tar)]), { repo, tag: 'bare' });
  stream.resume();
  await new Promise(resolve => stream.once('end', resolve));
}
