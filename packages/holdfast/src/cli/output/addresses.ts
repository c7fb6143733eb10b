import type { EnvironmentFacts } from '../../engine/desire/environment-facts.ts';
import { isInstance } from '../../engine/observe/world.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import type { Prepared } from '../../engine/release/prepare.ts';
import { addressOf, type Known } from '../../model/resource.ts';
import { resourcesOf } from '../../model/system-model.ts';
import type { InstanceDesire } from '../../ports/desires.ts';

/** The URLs that lead into the system once the plan is in the world: those of edges, else of what has a host port. Pure. */
export function addressesOf(prepared: Prepared, facts: EnvironmentFacts): readonly string[] {
  const { model } = prepared.plan;
  const services = resourcesOf(model, 'service').filter(({ spec }) => spec.publish.length > 0);
  return services.flatMap(service => {
    const [port] = hostPortsOf(service, prepared);
    const hosts = hostsOf(service, prepared.plan) ?? [facts.hostAddress];
    return port === undefined ? [] : hosts.map(host => `http://${host}${port === 80 ? '' : `:${port}`}`);
  });
}

function hostPortsOf(service: Known<'service'>, { plan, world }: Prepared): readonly number[] {
  const of = addressOf(service);
  for (const step of plan.steps)
    if (step.op === 'ensure' && step.address === `instance/${service.name}.1`)
      return (step.desired.spec as InstanceDesire).publish.map(({ hostPort }) => hostPort);
  const names = world.names.and(plan.renames);
  return world.seen.filter(isInstance).find(seen => names.isOf(of, seen))?.state.hostPorts ?? [];
}

function hostsOf(service: Known<'service'>, { model }: Plan): readonly string[] | undefined {
  const routes = resourcesOf(model, 'routes').find(({ spec }) => spec.edge === addressOf(service));
  return routes && [...new Set(routes.spec.routes.map(({ host }) => host))];
}
