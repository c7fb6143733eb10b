import type { CommonOptions } from '../../model/declaration/options.ts';

/** Engine and former names for something called `<name><suffix>`: renamed with its database. */
export const commonOf = ({ engine, movedFrom }: CommonOptions, suffix = ''): CommonOptions => ({
  ...(engine !== undefined && { engine }),
  ...(movedFrom !== undefined && { movedFrom: [movedFrom].flat().map(former => `${former}${suffix}`) }),
});
