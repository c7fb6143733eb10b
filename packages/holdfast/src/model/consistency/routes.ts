import { nameIn } from '../address.ts';
import { isKnown, type Known } from '../resource.ts';
import type { Check } from './across.ts';

/** Requests that two routes of one edge claim. */
export const doubledRoutes: Check = ({ resources }) => {
  const claims = new Map<string, Known<'routes'>>();
  return resources.filter(isKnown('routes')).flatMap(table =>
    table.spec.routes.flatMap(({ host, path }) => {
      const key = `${table.spec.edge} ${host}${path}`;
      const other = claims.get(key);
      claims.set(key, table);
      return other ? [claimedTwice(table, host + (path === '/' ? '' : path))] : [];
    }),
  );
};

const claimedTwice = (table: Known<'routes'>, place: string) => ({
  what: `edge "${nameIn(table.spec.edge)}" has two routes for ${place}`,
  ...(table.at && { where: table.at }),
  why: 'a request can only be sent to one of them',
  fix: 'keep one of them, or tell them apart by host or path',
});
