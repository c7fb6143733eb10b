import { text } from 'node:stream/consumers';
import type Docker from 'dockerode';
import type { Seen } from '../../ports/provider.ts';
import type { Deed, Otherwise } from '../../verify/prove/sabotage.ts';
import { factsGround } from './facts-ground.ts';

/** What runs in each copy: all tools of busybox, a web server on 8080, and some things to be said something of. */
const prepared = [
  '/bin/busybox --install -s /bin',
  'printf "#!/bin/sh\necho 24\n" > /bin/tool; chmod 755 /bin/tool',
  'mkdir -p /srv/empty /srv/full /etc/cron.d /var/lib/dpkg',
  'printf v24 > /srv/version; ln -s version /srv/link; : > /srv/full/one',
  'echo "0 3 * * * app backup" > /etc/cron.d/app',
  'printf "Package: caddy\\nStatus: install ok installed\\nVersion: 2.6.2-5\\n\\n" > /var/lib/dpkg/status',
].join('\n');

const server = ['httpd', '-f', '-p', '8080'];

/** Copies of one service, sabotaged or not. */
export async function saboteurGround() {
  const ground = await factsGround();
  const network = await ground.network();
  const runAsRoot = (target: Seen, line: string) => runIn(ground.host.docker.getContainer(target.id), line);
  return {
    ...ground,
    async copy({ start = {}, line, may }: Deed): Promise<Seen> {
      const target = await ground.start(start.command ?? server, optionsOf(start, network, may));
      await runAsRoot(target, prepared);
      if (line !== undefined) await runAsRoot(target, line);
      return target;
    },
  };
}

const optionsOf = ({ env = {}, user = '', alone, limits }: Otherwise, network: string, may: Deed['may']) =>
  ({
    Env: Object.entries({ COLOUR: 'blue', ...env }).flatMap(([name, value]) =>
      value === null ? [] : [`${name}=${value}`],
    ),
    User: user,
    HostConfig: {
      NetworkMode: alone ? 'none' : network,
      Init: true,
      ...(may && { CapAdd: [may] }),
      ...(limits?.memory && { Memory: limits.memory }),
    },
  }) satisfies Docker.ContainerCreateOptions;

async function runIn(container: Docker.Container, line: string): Promise<void> {
  const Cmd = ['/bin/busybox', 'sh', '-c', line];
  const exec = await container.exec({
    Cmd,
    User: '0',

    AttachStdout: true,
    AttachStderr: true,
    Tty: true,
  });
  const said = await text(await exec.start({ Tty: true }));
  const { ExitCode } = await exec.inspect();
  if (ExitCode !== 0) throw new Error(`it exits with ${ExitCode}: ${line}: ${said}`);
}
