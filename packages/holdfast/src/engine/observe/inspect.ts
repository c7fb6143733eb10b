import type { Address } from '../../model/address.ts';
import { addressOf, type Known } from '../../model/resource.ts';
import type { ProbeSpec } from '../../model/spec/service-spec.ts';
import { resourcesOf } from '../../model/system-model.ts';
import type { InstanceState } from '../../ports/desires.ts';
import type { ProbeAnswer, Prober } from '../../ports/prober.ts';
import type { Seen } from '../../ports/provider.ts';
import type { Prepared } from '../release/prepare.ts';
import type { Names } from './names.ts';
import { isInstance } from './world.ts';

/** How one instance is: what the engine says, and what its own probe answers. */
export interface InstanceReport {
  readonly seen: Seen<InstanceState>;
  readonly answer?: ProbeAnswer;
}

export interface ServiceReport {
  readonly service: Known<'service'>;
  readonly instances: readonly InstanceReport[];
  readonly well: boolean;
}

export interface Inspected {
  readonly services: readonly ServiceReport[];
  readonly well: boolean;
}

/** Asks every instance of every declared service how it is. */
export async function inspect(
  { plan: { model, renames }, world }: Prepared,
  { prober }: { prober: Prober },
): Promise<Inspected> {
  const names = world.names.and(renames);
  const servers = world.seen.filter(isInstance).filter(seen => isServer(names.of(seen)));
  const services = await Promise.all(
    resourcesOf(model, 'service').map(service => {
      const mine = servers.filter(seen => names.isOf(addressOf(service), seen));
      return report(service, mine, prober, names);
    }),
  );
  return { services, well: services.every(({ well }) => well) };
}

async function report(
  service: Known<'service'>,
  mine: readonly Seen<InstanceState>[],
  prober: Prober,
  names: Names,
): Promise<ServiceReport> {
  const instances = await Promise.all(mine.map(seen => reportOn(seen, service.spec.health, prober)));
  // Two in one place, as in the middle of a replacement, do not make up for another that is down.
  const slots = new Set(instances.filter(isWell).map(({ seen }) => names.of(seen)));
  const well = slots.size >= service.spec.replicas;
  return { service, instances, well };
}

async function reportOn(
  seen: Seen<InstanceState>,
  probe: ProbeSpec | undefined,
  prober: Prober,
): Promise<InstanceReport> {
  if (!probe || !seen.state.running) return { seen };
  return { seen, answer: await prober(seen, probe) };
}

const isWell = ({ seen, answer }: InstanceReport): boolean => seen.state.running && (answer?.ok ?? true);

/** Tasks have a word where servers have a number. */
const isServer = (address: Address | undefined): boolean => /\.\d+$/.test(address ?? '');
