import { lowerHalf, parseCidr } from '../../kit/cidr.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { type Address, nameIn } from '../../model/address.ts';
import { imageReference, resolvedSource } from '../../model/image-reference.ts';
import { isKnown, type Known, type Resource } from '../../model/resource.ts';
import type { ServiceSpec, TaskSpec } from '../../model/spec/service-spec.ts';
import type { NetworkSpec } from '../../model/spec/small-specs.ts';
import type { ImageDesire, InstanceDesire, NetworkDesire, NetworkPlace, VolumeDesire } from '../../ports/desires.ts';
import { isInstance, isNetwork } from '../observe/world.ts';
import { container } from './container.ts';
import { doOverlap } from './subnets.ts';
import type { Surroundings } from './surroundings.ts';
import { type Being, type Role, slotOf, type Wanted, wantedAs } from './wanted.ts';

const onlyOnPaper = new Set(['secret', 'team', 'upstream', 'routes', 'check', 'promise', 'cluster']);

/** The objects that one declared resource asks for. */
export function expand(resource: Resource, around: Surroundings): readonly Wanted[] {
  if (onlyOnPaper.has(resource.kind)) return [];
  if (isKnown('service')(resource)) return service(resource, around);
  if (isKnown('migration')(resource) || isKnown('job')(resource)) return [task(resource, around)];
  if (isKnown('network')(resource)) return [network(resource, around)];
  if (isKnown('image')(resource)) return [image(resource, around)];
  if (isKnown('database')(resource) || isKnown('role')(resource) || isKnown('extension')(resource))
    return [inside(resource, around)];
  return [thing(resource, around)];
}

/** Anything that is one object on its engine, as it was declared. */
const thing = (resource: Resource, around: Surroundings): Wanted => ({
  ...wantedAs(resource, resource.kind, slotOf(resource.kind)),
  order: 'stop-first',
  role: { is: 'thing' },
  spec: () => (resource.kind === 'volume' ? ({} satisfies VolumeDesire) : around.settled(resource.spec)),
});

/** Inside of database servers. A new role is there beside the old one, until nobody logs in as that any more. */
const inside = (resource: Known<'database'> | Known<'role'> | Known<'extension'>, around: Surroundings): Wanted => ({
  ...thing(resource, around),
  order: 'start-first',
  spec: () => ({
    ...(around.settled(resource.spec) as object),
    cluster: nameIn(resource.spec.cluster),
    formerClusters: around.formerNames(resource.spec.cluster),
  }),
});

const network = (resource: Known<'network'>, around: Surroundings): Wanted => ({
  ...wantedAs(resource, 'network', slotOf('network')),
  order: 'start-first',
  role: { is: 'thing' },
  spec: being => networkDesire(resource.spec, subnetOf(resource, being, around)),
});

const networkDesire = ({ internal, fixed }: NetworkSpec, subnet: string): NetworkDesire => {
  const block = fixed && parseCidr(subnet);
  return { subnet, internal, ...(block && { range: lowerHalf(block) }) };
};

function subnetOf(resource: Known<'network'>, being: Being, around: Surroundings): string {
  const { seen, predecessor } = being;
  if (predecessor && isNetwork(predecessor)) refuseOverlap(resource, predecessor.state.subnets);
  const had = seen && isNetwork(seen) ? seen.state.subnets[0] : undefined;
  return resource.spec.subnet ?? had ?? around.subnets(resource.engine).next(resource.name);
}

/** The new network is made before the old one goes, and an engine has no two of the same addresses. */
function refuseOverlap({ name, spec: { subnet }, at }: Known<'network'>, taken: readonly string[]): void {
  const inTheWay = subnet && taken.find(one => doOverlap(one, subnet));
  if (!inTheWay) return;
  throw new Problem({
    what: `network "${name}" can't be changed as long as its subnet ${subnet} overlaps the one that it has, ${inTheWay}`,
    ...(at && { where: at }),
    why: 'the new network is there before the old one goes, and no address can be in both',
    fix: 'give it another subnet, or none, so that it gets one from the pool',
    exit: exitCode.wrongUse,
  });
}

const image = (resource: Known<'image'>, around: Surroundings): Wanted => ({
  ...wantedAs(resource, 'image', slotOf('image')),
  order: 'start-first',
  role: { is: 'thing' },
  spec: () =>
    ({
      source: resolvedSource(resource.spec.source, image => around.reference(image)),
      inputs: resource.spec.inputs ?? '',
      reference: imageReference(around.scope, resource),
    }) satisfies ImageDesire,
});

const task = (resource: Known<'migration'> | Known<'job'>, around: Surroundings): Wanted => ({
  ...wantedAs(resource, 'instance', slotOf('instance', `.${resource.kind}`)),
  order: 'start-first',
  role: roleOf(resource.spec),
  spec: being =>
    ({
      ...container(resource, being, around),
      runs: resource.spec.every ? 'on-schedule' : 'once',
      ports: [],
      publish: [],
      restart: 'no',
      stopGrace: 10_000,
    }) satisfies InstanceDesire,
});

const roleOf = ({ timeout, every }: TaskSpec): Role => (every ? { is: 'scheduled', every } : { is: 'task', timeout });

function service(resource: Known<'service'>, around: Surroundings): readonly Wanted[] {
  const { spec } = resource;
  const alone = holdsFast(resource, around);
  return Array.from(
    { length: spec.replicas },
    (_, index): Wanted => ({
      ...wantedAs(resource, 'instance', slotOf('instance', `.${index + 1}`)),
      order: alone ? 'stop-first' : 'start-first',
      role: {
        is: 'server',
        ...(spec.health && { probe: spec.health }),
        ...(spec.replicas === 1 && { answersTo: resource.name }),
      },
      spec: being => server(resource, being, around),
    }),
  );
}

/** Whether an instance has a host port, an address, or a volume with one writer, that it can't share with its successor. */
const holdsFast = ({ spec }: Known<'service'>, around: Surroundings): boolean =>
  spec.publish.length > 0 ||
  spec.address !== undefined ||
  Object.values(spec.mounts).some(volume => around.hasOneWriter(volume));

function server(resource: Known<'service'>, being: Being, around: Surroundings): InstanceDesire {
  const { spec } = resource;
  const run = container(resource, being, around);
  const names = [...(spec.replicas === 1 ? [resource.name] : []), ...spec.aliases];
  return {
    ...run,
    runs: 'always',
    networks: spec.networks.map((network, index) => ({
      ...(run.networks[index] as NetworkPlace),
      aliases: [...(run.networks[index]?.aliases ?? []), ...names],
      ...addressOn(network, spec, around),
    })),
    ports: Object.values(spec.ports).sort((a, b) => a - b),
    publish: published(resource, being, around),
    restart: spec.restart,
    stopGrace: spec.stopGrace,
    ...(spec.stopBefore && { stopBefore: spec.stopBefore }),
  };
}

const addressOn = (network: Address, { address }: ServiceSpec, around: Surroundings): Pick<NetworkPlace, 'address'> =>
  address?.$ref.of === network ? { address: around.known(address) } : {};

function published(resource: Known<'service'>, being: Being, around: Surroundings): InstanceDesire['publish'] {
  const last = being.seen ?? being.predecessor;
  const had = last && isInstance(last) ? last.state.hostPorts : [];
  const given = resource.spec.publish.map((name, index) => ({
    port: resource.spec.ports[name] ?? 0,
    hostAddress: around.facts.hostAddress,
    hostPort: around.ports(resource.engine).keepOrNext(had[index], resource.name),
  }));
  if (given[0]) around.publish(slotOf('service')(resource.name), given[0].hostPort);
  return given;
}
