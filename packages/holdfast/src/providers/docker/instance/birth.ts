import { setTimeout as pause } from 'node:timers/promises';
import type Docker from 'dockerode';
import { exitCode, Problem } from '../../../kit/problem.ts';
import { hasGuarded } from '../../../model/guarded-files.ts';
import type { Scope } from '../../../model/identity.ts';
import type { InstanceDesire } from '../../../ports/desires.ts';
import type { Desired } from '../../../ports/provider.ts';
import type { Reveal } from '../../../ports/secrets.ts';
import { isUnreachable, reasonOf, statusOf, unlessGone } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { birthOf, clusterLabel, stamp } from '../labels.ts';
import { createBody } from './config.ts';
import { sweepGuarded } from './guarded.ts';
import { bornLabels } from './labels.ts';
import { hiddenText, partsOf } from './parts.ts';
import { socketOf } from './reached.ts';

export interface Delivery {
  readonly host: DockerHost;
  readonly scope: Scope;
  /** Gives the text of a value at the moment it leaves for the engine. */
  readonly reveal: Reveal;
}

/** Creates the container, not yet started; gives its id. When another run of ours was quicker, the id of that one. */
export async function give(desired: Desired<InstanceDesire>, { host, scope, reveal }: Delivery): Promise<string> {
  const image = await unlessGone(() => host.docker.getImage(desired.spec.image).inspect());
  if (!image) throw noImage(desired);
  const body = createBody(desired, {
    labels: {
      ...stamp(desired, scope),
      ...clusterOf(desired.spec),
      ...bornLabels(desired.spec, partsOf(desired.spec)),
    },
    reach: host.reach,
    scope,
    reveal,
    socket: await socketOf(host),
    imageCommand: [image.Config?.Entrypoint ?? [], image.Config?.Cmd ?? []].flat(),
  });
  if (hasGuarded(desired.spec)) await sweepGuarded(host.docker, scope);
  return create(desired, body, { host, scope, reveal });
}

const clusterOf = ({ cluster }: InstanceDesire): Record<string, string> => (cluster ? { [clusterLabel]: cluster } : {});

async function create(
  desired: Desired<InstanceDesire>,
  body: Docker.ContainerCreateOptions,
  delivery: Delivery,
  triesLeft = 20,
): Promise<string> {
  const { host, scope, reveal } = delivery;
  try {
    return (await host.docker.createContainer(body)).id;
  } catch (error) {
    if (statusOf(error) !== 409) throw withoutSecrets(desired, error, reveal);
    const holder = await idOfNamesake(host.docker, desired, scope);
    if (holder) return holder;
    if (triesLeft === 0) throw withoutSecrets(desired, error, reveal);
  }
  // The name is reserved for a container that is being created, or removed, at this moment.
  await pause(100);
  return create(desired, body, delivery, triesLeft - 1);
}

/** Undefined while nothing is to be seen under the name. */
async function idOfNamesake(docker: Docker, { name, uid }: Desired, scope: Scope): Promise<string | undefined> {
  const namesake = await unlessGone(() => docker.getContainer(name).inspect());
  if (!namesake || birthOf('instance', namesake.Config.Labels, scope)?.uid === uid) return namesake?.Id;
  throw new Problem({
    what: `container ${name} can't be created: there is one of that name that is not ours`,
    where: `container ${name} (${namesake.Id.slice(0, 12)}, ${namesake.Config.Image})`,
    fix: `rename it: docker rename ${name} …`,
  });
}

/** The engine may repeat a variable that it doesn't like: neither its words nor the error itself may get out as they are. */
function withoutSecrets({ name, spec }: Desired<InstanceDesire>, error: unknown, reveal: Reveal): Problem {
  const secrets = Object.values(spec.env).flatMap(({ value, seal }) => (seal === undefined ? [] : [reveal(value)]));
  const why = secrets.filter(Boolean).reduce((text, secret) => text.replaceAll(secret, hiddenText), reasonOf(error));
  return new Problem({
    what: `container ${name} can't be created`,
    why,
    ...(isUnreachable(error) && { exit: exitCode.unreachable, retry: true }),
  });
}

const noImage = ({ name, spec }: Desired<InstanceDesire>): Problem =>
  new Problem({
    what: `container ${name} can't be created: its image ${spec.image} is not on the engine`,
    fix: 'plan again: the image will be made first',
  });
