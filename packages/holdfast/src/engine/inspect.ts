import type { Known } from '../model/resource.ts';
import type { ProbeSpec } from '../model/spec/service-spec.ts';
import { resourcesOf } from '../model/system-model.ts';
import type { InstanceState } from '../ports/desires.ts';
import type { ProbeAnswer, Prober } from '../ports/prober.ts';
import type { Seen } from '../ports/provider.ts';
import type { Prepared } from './prepare.ts';
import { isInstance, isOurs } from './world.ts';

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
  { plan: { model }, world }: Prepared,
  { prober }: { prober: Prober },
): Promise<Inspected> {
  const instances = world.seen.filter(isInstance).filter(isOurs);
  const services = await Promise.all(resourcesOf(model, 'service').map(service => report(service, instances, prober)));
  return { services, well: services.every(({ well }) => well) };
}

async function report(
  service: Known<'service'>,
  all: readonly Seen<InstanceState>[],
  prober: Prober,
): Promise<ServiceReport> {
  const mine = all.filter(seen => isInstanceOf(service, seen));
  const instances = await Promise.all(mine.map(seen => reportOn(seen, service.spec.health, prober)));
  const well = instances.filter(isWell).length >= service.spec.replicas;
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

function isInstanceOf({ name, movedFrom = [] }: Known<'service'>, { birth }: Seen): boolean {
  return [name, ...movedFrom].some(known => new RegExp(`^instance/${known}\\.\\d+$`).test(birth?.bornAs ?? ''));
}
