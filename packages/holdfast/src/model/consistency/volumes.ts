import type { ProblemParts } from '../../kit/problem.ts';
import { type Address, nameIn } from '../address.ts';
import { subject } from '../declaration/handle.ts';
import { addressOf, isKnown, type Known } from '../resource.ts';
import type { Check } from './across.ts';

type Runs = Known<'service'> | Known<'job'> | Known<'migration'>;

/** Volumes that are mounted twice at one place, or written by more than may. */
export const sharedVolumes: Check = ({ resources }) => {
  const volumes = resources.filter(isKnown('volume'));
  const lone = new Set(volumes.filter(({ spec }) => spec.writers === 'one').map(addressOf));
  const services = resources.filter(isKnown('service'));
  const running = [...services, ...resources.filter(isKnown('job')), ...resources.filter(isKnown('migration'))];
  return [...running.flatMap(mountedTwice), ...manyReplicas(services, lone), ...manyServices(services, lone)];
};

const mountedTwice = ({ kind, name, at, spec: { mounts } }: Runs): readonly ProblemParts[] =>
  Object.entries(mounts)
    .filter(([, volume], index, all) => all.findIndex(([, other]) => other === volume) !== index)
    .map(([path, volume]) => ({
      what: `${subject(kind, name)} mounts volume "${nameIn(volume)}" twice, the second time at ${path}`,
      ...(at && { where: at }),
      why: 'the same files at two paths are overwritten by programs that take them for different ones',
      fix: 'mount it once, or declare a second volume',
    }));

const manyReplicas = (services: readonly Known<'service'>[], lone: ReadonlySet<Address>): readonly ProblemParts[] =>
  services
    .filter(({ spec }) => spec.replicas > 1)
    .flatMap(({ name, at, spec }) =>
      Object.values(spec.mounts)
        .filter(volume => lone.has(volume))
        .map(volume => ({
          what: `${subject('service', name)} has ${spec.replicas} replicas, and its volume "${nameIn(volume)}" takes one writer`,
          ...(at && { where: at }),
          why: 'several instances that write the same files corrupt them',
          fix: `set replicas: 1, or, if they can share it, volume('${nameIn(volume)}', { writers: 'many' })`,
        })),
    );

function manyServices(services: readonly Known<'service'>[], lone: ReadonlySet<Address>): readonly ProblemParts[] {
  const writers = new Map<Address, string>();
  return services.flatMap(({ name, at, spec }) =>
    [...new Set(Object.values(spec.mounts))]
      .filter(volume => lone.has(volume))
      .flatMap(volume => {
        const first = writers.get(volume);
        writers.set(volume, first ?? name);
        return first === undefined ? [] : [twoWriters(name, first, nameIn(volume), at)];
      }),
  );
}

const twoWriters = (name: string, first: string, volume: string, at: string | undefined) => ({
  what: `${subject('service', name)} and ${subject('service', first)} both mount volume "${volume}", which takes one writer`,
  ...(at && { where: at }),
  why: 'two services that write the same files corrupt them',
  fix: `give each its own volume, or, if they can share it, volume('${volume}', { writers: 'many' })`,
});
