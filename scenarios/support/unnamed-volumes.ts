import type Docker from 'dockerode';
import { docker } from './project.ts';

interface Told {
  readonly Type: string;
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
}

/**
 * The volumes without a name that containers of one system were ever given. They carry no label, so the engine's events
 * tell whose they are.
 */
export interface UnnamedVolumes extends AsyncDisposable {
  /** Those that are still there, while no container has them any more. */
  leftBehind(): Promise<readonly string[]>;
}

export async function watchUnnamedVolumes(system: string): Promise<UnnamedVolumes> {
  const ours = new Set<string>();
  const mounted = new Map<string, string>();
  const stop = await hearEvents({ type: ['volume', 'container'], event: ['create', 'mount'] }, hear);

  function hear({ Type, Action, Actor: { ID, Attributes } }: Told): void {
    if (Type === 'container' && Attributes['holdfast.system'] === system) ours.add(ID);
    if (Type === 'volume' && Action === 'mount' && isUnnamed(ID)) mounted.set(ID, Attributes.container ?? '');
  }

  return {
    async leftBehind() {
      const there = await danglingVolumes();
      return [...mounted]
        .filter(([volume, container]) => there.has(volume) && ours.has(container))
        .map(([volume]) => `unnamed volume ${volume.slice(0, 12)}`);
    },
    async [Symbol.asyncDispose]() {
      stop();
    },
  };
}

const isUnnamed = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

async function danglingVolumes(): Promise<ReadonlySet<string>> {
  const filters = JSON.stringify({ dangling: ['true'] });
  const { Volumes } = (await docker.listVolumes({ filters } as object)) as { Volumes: Docker.VolumeInspectInfo[] };
  return new Set((Volumes ?? []).map(({ Name }) => Name));
}

/** Returns how to stop it. */
async function hearEvents(filters: Record<string, string[]>, hear: (told: Told) => void): Promise<() => void> {
  const stream = (await docker.getEvents({ filters: JSON.stringify(filters) })) as NodeJS.ReadableStream & {
    destroy(): void;
  };
  let rest = '';
  stream.on('data', data => {
    const lines = `${rest}${data}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) hear(JSON.parse(line) as Told);
  });
  return () => stream.destroy();
}
