import type Docker from 'dockerode';
import { Problem } from '../../../kit/problem.ts';
import type { Scope } from '../../../model/identity.ts';
import type { Instances } from '../../../ports/instances.ts';
import type { Seen } from '../../../ports/provider.ts';
import { attempt, unlessGone } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { look } from '../instance/provider.ts';
import { get, put } from './archive.ts';
import { attach, execute } from './exec.ts';
import { logsOf } from './logs.ts';
import { reach } from './reach.ts';

/** What is done with the running containers of one engine. */
export function insideDocker(host: DockerHost, scope: Scope): Instances {
  const containerOf = ({ id }: Seen): Docker.Container => host.docker.getContainer(id);
  return {
    run: (instance, command, signal, input) =>
      attempt(`${command[0]} can't be run in ${instance.name}`, () =>
        execute(containerOf(instance), command, signal, input),
      ),

    attach: (instance, command, terminal) =>
      attempt(`${command[0]} can't be run in ${instance.name}`, () => attach(containerOf(instance), command, terminal)),

    put: (instance, files) =>
      attempt(`${Object.keys(files).join(', ')} can't be written into ${instance.name}`, () =>
        put(containerOf(instance), files),
      ),

    get: (instance, path) =>
      attempt(`${path} can't be read from ${instance.name}`, () => get(containerOf(instance), path)),

    logs: (instance, query, signal) => logsOf(host, instance, query, signal),

    reach: (instance, port) => reach(host, instance, port),

    ended: (instance, signal) =>
      attempt(`the end of ${instance.name} can't be awaited`, () => ended(containerOf(instance), instance, signal)),

    look: instance => attempt(`${instance.name} can't be looked at`, () => look(host, scope, instance.id)),
  };
}

async function ended(container: Docker.Container, { name }: Seen, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted();
  const found = await unlessGone(() => container.inspect());
  if (!found) throw new Problem({ what: `${name} is gone: nobody knows how it ended` });
  // The engine takes one that never started for one that has ended.
  const condition = found.State.Status === 'created' ? 'next-exit' : 'not-running';
  const { StatusCode } = await container.wait({ condition, abortSignal: signal }).catch(error => {
    signal.throwIfAborted();
    throw error;
  });
  return StatusCode;
}
