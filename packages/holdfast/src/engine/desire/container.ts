import { instanceHost } from '../../model/identity.ts';
import type { Known } from '../../model/resource.ts';
import type { InstanceDesire } from '../../ports/desires.ts';
import { reachOf } from './reach.ts';
import type { Surroundings } from './surroundings.ts';
import type { Being } from './wanted.ts';

/** What any container is specified as, whether it stays up or runs to completion. */
export type Container = Omit<InstanceDesire, 'runs' | 'ports' | 'publish' | 'restart' | 'stopGrace' | 'stopBefore'>;

export function container(
  resource: Known<'service'> | Known<'job'> | Known<'migration'>,
  being: Being,
  around: Surroundings,
): Container {
  const { spec } = resource;
  const host = instanceHost(being.bornAs, being.uid);
  const { entrypoint, command, workdir, hosts, cluster } = spec;
  const { user = spec.user, env, files, reaches } = reachOf(resource, around);
  return {
    image: around.reference(spec.image),
    networks: spec.networks.map(network => ({ name: around.nameOf(network), aliases: [host] })),
    hostname: host,
    ...(entrypoint && { entrypoint }),
    ...(command && { command }),
    ...(workdir && { workdir }),
    ...(user && { user }),
    env: { ...mapValues(spec.env, value => around.sealed(value)), ...env },
    files: { ...mapValues(spec.files, file => ({ ...file, content: around.sealed(file.content) })), ...files },
    mounts: mapValues(spec.mounts, volume => around.nameOf(volume)),
    limits: spec.limits,
    readOnly: spec.readOnly,
    capabilities: spec.capabilities,
    ...(hosts && { hosts: mapValues(hosts, address => around.sealed(address)) }),
    ...(reaches && { reaches }),
    ...(cluster && { cluster }),
  };
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
