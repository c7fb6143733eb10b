import { sameJson } from '../../kit/json.ts';
import type { Address } from '../../model/address.ts';
import type { InstanceDesire, InstanceState, RouteTable } from '../../ports/desires.ts';
import type { Instances } from '../../ports/instances.ts';
import type { Desired, Difference, Provider, Seen } from '../../ports/provider.ts';
import type { Router } from '../../ports/router.ts';
import { shifted } from '../../ports/shift.ts';
import type { Names } from '../observe/names.ts';
import { type Observers, observe, type World } from '../observe/world.ts';

/** The moment before or after an effect. A test throws in it to stand for a crash. */
export type OnEffect = (what: string) => void;

/**
 * An engine whose objects are held in memory: for properties of the planner and the executor over thousands of random
 * systems. What a real engine does is tested on a real engine.
 */
export class MemoryEngine {
  readonly objects = new Map<string, Seen>();
  readonly tables = new Map<string, readonly RouteTable[]>();
  onEffect: OnEffect = () => undefined;
  #count = 0;

  readonly kinds: Observers['kinds'] = ['network', 'volume', 'image', 'instance', 'thing'].map(kind => ({
    engine: 'default',
    provider: this.#provider(kind),
  }));

  readonly providers = (kind: string): Provider =>
    this.kinds.find(({ provider }) => provider.kind === kind)?.provider as Provider;

  readonly router: Router = {
    table: async edge => this.tables.get(edge.id) ?? [],
    set: async (edge, table) => this.#effect(`set ${edge.name}`, () => this.tables.set(edge.id, table)),
    shift: async (edge, shift) =>
      this.#effect(`shift ${edge.name}`, () =>
        this.tables.set(edge.id, shifted(this.tables.get(edge.id) ?? [], shift)),
      ),
    drained: async () => 'drained',
  };

  readonly instances = {
    look: async (seen: Seen) => this.objects.get(seen.id),
    ended: async (seen: Seen) => {
      this.#put({
        ...(this.objects.get(seen.id) as Seen),
        state: { ...(seen.state as object), running: false, exitCode: 0 },
      });
      return 0;
    },
    logs: async function* () {},
  } as unknown as Instances;

  observe(edges: readonly Address[], names?: Names): Promise<World> {
    return observe({ system: 'shop', environment: 'local' }, edges, { kinds: this.kinds, router: this.router }, names);
  }

  #provider(kind: string): Provider {
    return {
      kind,
      observe: async () => [...this.objects.values()].filter(seen => seen.kind === kind),
      differences: (desired, seen) => differencesOf(desired, seen),
      ensure: async (desired, _, __) => {
        const there = [...this.objects.values()].find(seen => seen.birth?.uid === desired.uid);
        this.#effect(`ensure ${desired.name}`, () =>
          this.#put(made(desired, there?.id ?? `id-${++this.#count}`, there, this.#usesOf(desired))),
        );
        return [...this.objects.values()].find(seen => seen.birth?.uid === desired.uid) as Seen;
      },
      remove: async seen => this.#effect(`remove ${seen.name}`, () => this.#take(seen)),
    };
  }

  #usesOf(desired: Desired): string[] {
    if (desired.kind !== 'instance') return [];
    const { networks, mounts, image } = desired.spec as InstanceDesire;
    const names = new Set([...networks.map(({ name }) => name), ...Object.values(mounts), image]);
    return [...this.objects.values()]
      .filter(seen => names.has(seen.name) || names.has((seen.state as { reference?: string }).reference ?? ''))
      .map(({ id }) => id);
  }

  #take(seen: Seen): void {
    const users = [...this.objects.values()].filter(({ uses }) => uses?.includes(seen.id));
    if (users.length > 0) throw new Error(`${seen.name} is in use by ${users.map(({ name }) => name).join(', ')}`);
    this.objects.delete(seen.id);
    this.tables.delete(seen.id);
  }

  #put(seen: Seen): void {
    this.objects.set(seen.id, seen);
  }

  #effect(what: string, work: () => void): void {
    this.onEffect(`before ${what}`);
    work();
    this.onEffect(`after ${what}`);
  }
}

function made(desired: Desired, id: string, there: Seen | undefined, uses: string[]): Seen {
  const { uid, address, kind, engine, name, spec } = desired;
  const instance: Partial<InstanceState> =
    kind === 'instance'
      ? {
          running: true,
          hostname: (spec as InstanceDesire).hostname,
          startedAt: 1,
          hostPorts: (spec as InstanceDesire).publish.map(({ hostPort }) => hostPort),
        }
      : {};
  const network = kind === 'network' ? { subnets: [(spec as { subnet: string }).subnet] } : {};
  return {
    kind,
    engine,
    id,
    name: (spec as { reference?: string }).reference ?? name,
    birth: there?.birth ?? { uid, bornAs: address },
    state: {
      spec,
      ...instance,
      ...network,
      ...(kind === 'image' && { reference: (spec as { reference: string }).reference }),
    },
    about: name,
    uses,
    ...(kind === 'volume' && { holdsData: true }),
  };
}

function differencesOf(desired: Desired, seen: Seen): Difference[] {
  const { spec: had, running } = seen.state as { spec: unknown; running?: boolean };
  const wanted = desired.spec as Partial<InstanceDesire>;
  if (!sameApartFromNetworks(wanted, had))
    return [{ aspect: 'definition', found: 'another', wanted: 'as declared', mend: 'replace' }];
  const differences: Difference[] = [];
  if (!sameJson(wanted.networks, (had as Partial<InstanceDesire>).networks))
    differences.push({ aspect: 'networks', found: 'others', wanted: 'as declared', mend: 'in-place' });
  if (desired.name !== seen.name)
    differences.push({ aspect: 'name', found: seen.name, wanted: desired.name, mend: 'in-place' });
  if (wanted.runs === 'always' && !running)
    differences.push({ aspect: 'state', found: 'stopped', wanted: 'running', mend: 'in-place' });
  return differences;
}

const sameApartFromNetworks = (a: unknown, b: unknown): boolean =>
  sameJson({ ...(a as object), networks: [] }, { ...(b as object), networks: [] });
