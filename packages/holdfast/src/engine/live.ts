import { exitCode, Problem } from '../kit/problem.ts';
import type { Address } from '../model/address.ts';
import type { RouteTable, Upstream } from '../ports/desires.ts';
import type { Seen } from '../ports/provider.ts';
import type { Shift } from '../ports/router.ts';
import { isRunningInstance, type World } from './world.ts';

/** The world as it changes under an apply: what was observed, then what each step re-read. */
export class Live {
  readonly #byUid = new Map<string, Seen>();
  readonly #tables = new Map<Address, readonly RouteTable[]>();

  constructor(world: World) {
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
    const prefix = `instance/${edge.slice(edge.indexOf('/') + 1)}.`;
    const running = [...this.#byUid.values()].filter(
      seen => isRunningInstance(seen) && seen.birth?.bornAs.startsWith(prefix),
    );
    return running.at(-1);
  }

  tableOf(edge: Address): readonly RouteTable[] {
    return this.#tables.get(edge) ?? [];
  }

  routed(edge: Address, table: readonly RouteTable[]): void {
    this.#tables.set(edge, table);
  }

  shifted(edge: Address, shift: Shift): void {
    this.#tables.set(edge, shiftedTable(this.tableOf(edge), shift));
  }

  #serviceOf(uid: string): Address {
    const bornAs = this.#byUid.get(uid)?.birth?.bornAs ?? 'instance/';
    return `service/${bornAs.slice(bornAs.indexOf('/') + 1, bornAs.lastIndexOf('.'))}`;
  }
}

/** The table after a shift. Pure. */
export function shiftedTable(table: readonly RouteTable[], { routes, add, drop }: Shift): readonly RouteTable[] {
  const isMeant = (row: RouteTable): boolean =>
    routes.some(route => route.host === row.host && route.path === row.path);
  const upstreams = (row: RouteTable): readonly Upstream[] => [
    ...new Set([...row.upstreams.filter(one => !drop.includes(one)), ...add]),
  ];
  return table.map(row => (isMeant(row) ? { ...row, upstreams: upstreams(row) } : row));
}
