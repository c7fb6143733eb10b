import { exitCode, Problem } from '../../kit/problem.ts';
import type { Address } from '../../model/address.ts';
import type { RouteTable } from '../../ports/desires.ts';
import type { Seen } from '../../ports/provider.ts';
import type { Shift } from '../../ports/router.ts';
import { shifted } from '../../ports/shift.ts';
import type { Names } from '../observe/names.ts';
import { isRunningInstance, type World } from '../observe/world.ts';
import type { Rename } from '../plan/plan.ts';

/** The world as it changes under an apply: what was observed, then what each step re-read. */
export class Live {
  readonly #byUid = new Map<string, Seen>();
  readonly #tables = new Map<Address, readonly RouteTable[]>();
  readonly #names: Names;

  /** `renames`: those of the plan, which count from now on. */
  constructor(world: World, renames: readonly Rename[] = []) {
    this.#names = world.names.and(renames);
    for (const seen of world.seen) this.saw(seen);
    for (const [uid, table] of world.tables) this.#tables.set(this.#serviceOf(uid), table);
  }

  saw(seen: Seen): void {
    if (seen.birth) this.#byUid.set(seen.birth.uid, seen);
  }

  gone(seen: Seen): void {
    if (seen.birth) this.#byUid.delete(seen.birth.uid);
  }

  byUid(uid: string): Seen {
    const seen = this.#byUid.get(uid);
    if (seen) return seen;
    throw new Problem({
      what: `the object ${uid} is not there`,
      why: 'it was removed while this ran',
      fix: 'run `holdfast up` again',
      exit: exitCode.failed,
      retry: true,
    });
  }

  has(uid: string): Seen | undefined {
    return this.#byUid.get(uid);
  }

  /** The running instance of an edge. While it is being replaced there is none. */
  edge(edge: Address): Seen | undefined {
    const running = [...this.#byUid.values()].filter(seen => isRunningInstance(seen) && this.#names.isOf(edge, seen));
    return running.at(-1);
  }

  tableOf(edge: Address): readonly RouteTable[] {
    return this.#tables.get(edge) ?? [];
  }

  routed(edge: Address, table: readonly RouteTable[]): void {
    this.#tables.set(edge, table);
  }

  shifted(edge: Address, shift: Shift): void {
    this.#tables.set(edge, shifted(this.tableOf(edge), shift));
  }

  #serviceOf(uid: string): Address {
    const seen = this.#byUid.get(uid);
    const known = (seen && this.#names.of(seen)) ?? 'instance/';
    return `service/${known.slice(known.indexOf('/') + 1, known.lastIndexOf('.'))}`;
  }
}
