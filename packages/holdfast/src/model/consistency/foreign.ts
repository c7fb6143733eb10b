import { type Address, kindOf, nameIn } from '../address.ts';
import { subject } from '../declaration/handle.ts';
import { addressOf, type Resource } from '../resource.ts';
import type { Check } from './across.ts';

/**
 * Resources that need what this system does not declare: a handle that came from another one. (A cycle can't be
 * declared: a handle exists only once its declaration is made, with all that it needs.)
 */
export const foreign: Check = ({ system, resources, failed }) => {
  const declared = new Set([...resources.map(addressOf), ...failed]);
  return resources.flatMap(resource =>
    resource.needs.filter(need => !declared.has(need)).map(need => notHere(resource, need, system)),
  );
};

const notHere = ({ kind, name, at }: Resource, need: Address, system: string) => ({
  what: `${subject(kind, name)} needs ${subject(kindOf(need), nameIn(need))}, which system "${system}" does not declare`,
  ...(at && { where: at }),
  why: 'its handle comes from another system, and each is planned and rolled back by itself',
  fix: 'declare it in this system, or give its address as a plain text',
});
