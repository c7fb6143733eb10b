import { type Fact, isFact } from '../../../journal/fact.ts';
import { type Address, nameIn } from '../../../model/address.ts';
import { addressOf, isKnown, type Known, type KnownKind, type Resource } from '../../../model/resource.ts';
import { type RestsOn, restsOnIn, startsOfPromise } from '../../../model/rests-on.ts';
import { byAddress, resourcesOf } from '../../../model/system-model.ts';
import { derive } from '../../derive/derive.ts';
import type { DerivedCheck } from '../../derive/derived.ts';
import { type PromiseStatus, promiseStatuses } from '../../promise/status.ts';
import type { DocsKnowledge } from '../knowledge.ts';
import { type Inline, type Line, listed } from '../page/inline.ts';

/** What is known, sorted for telling. */
export interface Around extends DocsKnowledge {
  readonly all: ReadonlyMap<Address, Resource>;
  readonly statuses: ReadonlyMap<Address, PromiseStatus>;
  readonly needs: ReadonlyMap<Address, readonly Address[]>;
  readonly neededBy: ReadonlyMap<Address, readonly Address[]>;
  readonly restsOn: RestsOn;
  /** The promises that rest on each resource, or that name it. */
  readonly resting: ReadonlyMap<Address, readonly Known<'promise'>[]>;
  /** The newest run of each check, and of what follows from the declaration of each resource. */
  readonly runs: ReadonlyMap<Address, Run>;
  /** What follows from the declaration of each resource. */
  readonly derived: ReadonlyMap<Address, DerivedCheck>;
}

export type Run = Fact<'check.ran'> | Fact<'declaration.checked'>;

export function aroundOf(knowledge: DocsKnowledge): Around {
  const { model } = knowledge;
  const needs = needsIn(model.resources);
  const restsOn = restsOnIn(model.resources);
  return {
    ...knowledge,
    all: byAddress(model),
    statuses: new Map(promiseStatuses(knowledge).map(status => [status.promise, status])),
    needs,
    neededBy: turned(needs),
    restsOn,
    resting: restingOn(model.resources.filter(isKnown('promise')), restsOn),
    runs: newestRuns(knowledge),
    derived: new Map(derive(model).map(check => [check.spec.target, check])),
  };
}

/** An edge needs what its routes lead to. What is not declared, such as a host, has no page. */
function needsIn(resources: readonly Resource[]): ReadonlyMap<Address, readonly Address[]> {
  const declared = new Set(resources.map(addressOf));
  const tables = Map.groupBy(resources.filter(isKnown('routes')), ({ spec }) => spec.edge);
  return new Map(
    resources.map(resource => {
      const of = addressOf(resource);
      const led = (tables.get(of) ?? []).flatMap(({ spec }) => spec.routes.map(({ to }) => to));
      return [of, [...new Set([...resource.needs, ...led])].filter(need => need !== of && declared.has(need))];
    }),
  );
}

function turned(needs: ReadonlyMap<Address, readonly Address[]>): ReadonlyMap<Address, readonly Address[]> {
  const pairs = [...needs].flatMap(([from, all]) => all.map(to => ({ from, to })));
  return new Map([...Map.groupBy(pairs, ({ to }) => to)].map(([to, all]) => [to, all.map(({ from }) => from)]));
}

function restingOn(promises: readonly Known<'promise'>[], restsOn: RestsOn): Around['resting'] {
  const pairs = promises.flatMap(promise =>
    [...new Set([...restsOn(startsOfPromise(promise.spec)), ...promise.needs])].map(of => ({ of, promise })),
  );
  return new Map([...Map.groupBy(pairs, ({ of }) => of)].map(([of, all]) => [of, all.map(({ promise }) => promise)]));
}

const newestRuns = ({ model, facts }: DocsKnowledge): Around['runs'] =>
  new Map(
    facts
      .filter(({ system, environment }) => system === model.name && environment === model.environment)
      .flatMap((fact): readonly (readonly [Address, Run])[] => {
        if (isFact(fact, 'check.ran')) return [[fact.payload.check, fact]];
        return isFact(fact, 'declaration.checked') ? [[fact.payload.of, fact]] : [];
      }),
  );

export const allOf = <K extends KnownKind>({ model }: Around, kind: K): readonly Known<K>[] => resourcesOf(model, kind);

/** A link where there is a page to lead to. */
export const link = (of: Address, { all }: Around): Inline => {
  const resource = all.get(of);
  if (!resource) return nameIn(of);
  return isKnown('promise')(resource) ? { to: of, text: resource.spec.sentence } : { to: of };
};

export const links = (of: readonly Address[], around: Around): Line => listed(of.map(one => link(one, around)));

/** The teams that answer for something: those that keep a promise which rests on it. */
export function ownersOf(of: Address, { resting, all }: Around): readonly Address[] {
  const resource = all.get(of);
  if (resource && isKnown('promise')(resource)) return [resource.spec.by];
  return [...new Set((resting.get(of) ?? []).map(({ spec }) => spec.by))];
}

export const statusOf = (promise: Address, { statuses }: Around) => statuses.get(promise)?.status ?? 'unproven';
