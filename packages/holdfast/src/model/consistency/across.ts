import type { ProblemParts } from '../../kit/problem.ts';
import type { Address } from '../address.ts';
import type { Declaration, Target } from '../declaration/slot.ts';
import { addressOf, type Resource } from '../resource.ts';
import { misplacedAddresses } from './addresses.ts';
import { contradictions } from './checks.ts';
import { foreign } from './foreign.ts';
import { former } from './former.ts';
import { namesakesInside } from './inside.ts';
import { enginesUnknown, namesTooLong } from './names.ts';
import { impossiblePromises } from './promises.ts';
import { unreachable } from './reach.ts';
import { doubledRoutes } from './routes.ts';
import { crowdedServices } from './services.ts';
import { collidingSubnets } from './subnets.ts';
import { sharedVolumes } from './volumes.ts';

/** All resources that were declared well by themselves, and what they are declared for. */
export interface Whole {
  readonly system: string;
  readonly target: Target;
  readonly resources: readonly Resource[];
  /** What was refused by itself. */
  readonly failed: ReadonlySet<Address>;
}

export type Check = (whole: Whole) => readonly ProblemParts[];

const checks: readonly Check[] = [
  foreign,
  namesTooLong,
  enginesUnknown,
  collidingSubnets,
  former,
  crowdedServices,
  sharedVolumes,
  doubledRoutes,
  unreachable,
  misplacedAddresses,
  namesakesInside,
  impossiblePromises,
  contradictions,
];

/** What is wrong between declarations that are each right. */
export function problemsAcross(declaration: Declaration): readonly ProblemParts[] {
  const { system, target, failed } = declaration;
  const resources = declaration.resources.filter(resource => !failed.has(addressOf(resource)));
  return [...unbound(declaration), ...checks.flatMap(check => check({ system, target, resources, failed }))];
}

const unbound = ({ pending, failed }: Declaration): readonly ProblemParts[] =>
  [...pending]
    .filter(([name]) => !failed.has(`migration/${name}`))
    .map(([name, { at }]) => ({
      what: `migration "${name}" would never run`,
      where: at,
      why: 'a migration runs before the new instances of a service, and no service names it',
      fix: `name it there: service('web', { …, before: migration('${name}', { … }) })`,
    }));
