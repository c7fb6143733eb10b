import type { ProblemParts } from '../../kit/problem.ts';
import { subject } from '../declaration/handle.ts';
import { isKnown, type Known } from '../resource.ts';
import { unknownPort } from '../service.ts';
import type { Check } from './across.ts';

type Service = Known<'service'>;

/** Services that contradict themselves, or that answer to the same name. */
export const crowdedServices: Check = ({ resources }) => {
  const services = resources.filter(isKnown('service'));
  return [...services.flatMap(contradictions), ...sameName(services)];
};

const contradictions = (service: Service): readonly ProblemParts[] =>
  [
    ...unknownPublished(service),
    ...publishedTwice(service),
    ...sharedHostPort(service),
    ...samePort(service),
    ...covered(service),
  ].map(problem => ({ ...problem, ...(service.at && { where: service.at }) }));

const unknownPublished = ({ name, spec: { publish, ports } }: Service) =>
  publish.filter(port => !(port in ports)).map(port => unknownPort(name, 'publish', port, Object.keys(ports)));

const publishedTwice = ({ name, spec: { publish } }: Service) =>
  publish
    .filter((port, index) => publish.indexOf(port) !== index)
    .map(port => ({
      what: `${subject('service', name)} publishes the port "${port}" twice`,
      why: 'a port takes one host port',
      fix: `name it once: publish: ['${port}']`,
    }));

const sharedHostPort = ({ name, spec: { publish, replicas } }: Service) =>
  publish.length > 0 && replicas > 1
    ? [
        {
          what: `${subject('service', name)} publishes a port and has ${replicas} replicas`,
          why: 'a host port leads to one instance: the others could not start',
          fix: `keep its replicas and put an edge in front of it: edge('door', { …, routes: { [env.domain]: ${name}.port('${publish[0]}') } })`,
        },
      ]
    : [];

const samePort = ({ name, spec: { ports } }: Service) =>
  Object.entries(ports)
    .filter(([, number], index, all) => all.findIndex(([, other]) => other === number) !== index)
    .map(([port, number]) => ({
      what: `${subject('service', name)} has two ports of the number ${number}, one of them "${port}"`,
      why: 'in a container only one process can listen on a port',
      fix: 'give each its own number, or keep one name',
    }));

const covered = ({ name, spec: { files, mounts } }: Service) =>
  Object.keys(files)
    .flatMap(file => Object.keys(mounts).map(mount => ({ file, mount })))
    .filter(({ file, mount }) => file === mount || file.startsWith(`${mount}/`))
    .map(({ file, mount }) => ({
      what: `${subject('service', name)} has the file ${file} inside of its volume at ${mount}`,
      why: 'the volume lies over it: the file would be written into the data, or not be seen at all',
      fix: 'put the file at a path outside of the volume',
    }));

/** Two services that a network would take for one another. */
function sameName(services: readonly Service[]): readonly ProblemParts[] {
  const holders = new Map<string, Service>();
  return services.flatMap(service =>
    namesOf(service).flatMap(({ network, name }) => {
      const key = `${network} ${name}`;
      const holder = holders.get(key) ?? service;
      holders.set(key, holder);
      return holder === service ? [] : [confused(holder, service, name)];
    }),
  );
}

const namesOf = ({ name, spec }: Service) =>
  spec.networks.flatMap(network => [...new Set([name, ...spec.aliases])].map(one => ({ network, name: one })));

const confused = (holder: Service, service: Service, name: string) => ({
  what: `${subject('service', service.name)} and ${subject('service', holder.name)} both answer to "${name}"`,
  ...(service.at && { where: service.at }),
  why: 'they share a network, where that name would lead now to one and now to the other',
  fix: `remove the alias "${name}" at one of them`,
});
