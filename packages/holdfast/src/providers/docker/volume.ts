import type Docker from 'dockerode';
import { Problem } from '../../kit/problem.ts';
import type { Scope } from '../../model/identity.ts';
import type { VolumeDesire } from '../../ports/desires.ts';
import type { Desired, Provider, Seen } from '../../ports/provider.ts';
import { attempt, statusOf, unlessGone } from './host/calls.ts';
import type { DockerHost } from './host/host.ts';
import { birthOf, filesLabel, type Labels, stamp, strangerOf } from './labels.ts';

export interface DockerVolumeState {
  readonly driver: string;
}

interface Found {
  readonly Name: string;
  readonly Driver: string;
  readonly Labels?: Labels | null;
}

/** Local volumes of one engine. A volume's id is its name. */
export function dockerVolumes(host: DockerHost, scope: Scope): Provider<VolumeDesire, DockerVolumeState> {
  const { docker } = host;
  return {
    kind: 'volume',

    observe: asked =>
      attempt('the volumes of the engine can not be listed', async () => {
        const { Volumes } = await docker.listVolumes();
        const all: readonly Found[] = (Volumes ?? []).filter(one => !isOfContainer(one));
        return all.map(one => toSeen(host, one, asked)).filter(isOfConcern);
      }),

    differences: () => [],

    ensure: (desired, _seen, signal) =>
      attempt(`volume ${desired.name} can't be brought about`, async () => {
        signal.throwIfAborted();
        // Creating one that is there gives that one, as it is.
        await docker.createVolume({ Name: desired.name, Driver: 'local', Labels: stamp(desired, scope) });
        return onlyOurs(desired, toSeen(host, await docker.getVolume(desired.name).inspect(), scope));
      }),

    remove: async seen => {
      await attempt(`volume ${seen.name} can't be removed`, () =>
        unlessGone(() => docker.getVolume(seen.id).remove()).catch(error => nameUsers(docker, seen, error)),
      );
    },
  };
}

function onlyOurs(desired: Desired, seen: Seen<DockerVolumeState>): Seen<DockerVolumeState> {
  if (seen.birth?.uid === desired.uid) return seen;
  throw new Problem({
    what: `volume ${desired.name} can't be created: there is one of that name that is not ours`,
    why: 'it may hold data of somebody else',
    fix: `move its data elsewhere, then remove it: docker volume rm ${desired.name}`,
  });
}

async function nameUsers(docker: Docker, { name }: Seen, error: unknown): Promise<never> {
  if (statusOf(error) !== 409) throw error;
  const users = await docker.listContainers({ all: true, filters: { volume: [name] } });
  const names = users.map(({ Names, Id }) => Names[0]?.slice(1) ?? Id.slice(0, 12));
  throw new Problem({
    what: `volume ${name} can't be removed: ${names.join(', ') || 'a container'} has it mounted`,
    fix: 'remove the container first',
    cause: error,
  });
}

function toSeen({ engine }: DockerHost, found: Found, scope: Scope): Seen<DockerVolumeState> {
  const birth = birthOf('volume', found.Labels, scope);
  const about = `volume ${found.Name}`;
  return {
    kind: 'volume',
    engine,
    id: found.Name,
    name: found.Name,
    ...(birth && { birth }),
    state: { driver: found.Driver },
    ...(birth ? { about } : strangerOf('volume', found.Labels, about)),
    holdsData: true,
  };
}

const anonymous = /^[0-9a-f]{64}$/;

/** Anonymous volumes belong to their containers. */
const isOfConcern = ({ birth, name }: Seen): boolean => birth !== undefined || !anonymous.test(name);

const isOfContainer = ({ Labels }: Found): boolean => Labels?.[filesLabel] !== undefined;
