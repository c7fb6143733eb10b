import type { RouteTable } from './desires.ts';
import type { Shift } from './router.ts';

/** The table after a shift: on each of its routes `add` is there and `drop` is not. Routes that it lacks are added. */
export function shifted(table: readonly RouteTable[], { routes, add, drop }: Shift): readonly RouteTable[] {
  const isMeant = (row: Place) => routes.some(route => samePlace(route, row));
  const missing = routes.filter(route => !table.some(row => samePlace(route, row)));
  return [
    ...table.map(row => (isMeant(row) ? { ...row, upstreams: exchanged(row.upstreams, add, drop) } : row)),
    ...missing.map(({ host, path }) => ({ host, path, upstreams: [...add] })),
  ];
}

type Place = Pick<RouteTable, 'host' | 'path'>;

const samePlace = (a: Place, b: Place): boolean => a.host === b.host && a.path === b.path;

const exchanged = <T>(has: readonly T[], add: readonly T[], drop: readonly T[]): readonly T[] =>
  [...new Set([...has, ...add])].filter(one => !drop.includes(one) || add.includes(one));
