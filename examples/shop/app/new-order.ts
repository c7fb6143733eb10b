import { randomUUID } from 'node:crypto';
import type { NewOrder } from './orders.ts';

/** What a request's body says, or everything that is wrong with it. */
export type Reading = { readonly order: NewOrder } | { readonly wrong: readonly string[] };

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const isQuantity = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 99;

export const isUuid = (id: unknown): id is string =>
  typeof id === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);

/** Who gives no id is given one, and can't send the order again without ordering twice. */
export function readNewOrder(body: unknown): Reading {
  if (typeof body !== 'object' || body === null) return { wrong: ['the body must be an object'] };
  const { id = randomUUID(), product, quantity, customer } = body as Record<string, unknown>;
  if (isUuid(id) && isText(product) && isQuantity(quantity) && isName(customer)) {
    return { order: { id, product, quantity, customer: customer.trim() } };
  }
  return { wrong: mistakes(id, product, quantity, customer) };
}

const isName = (value: unknown): value is string => isText(value) && value.length <= 200;

function mistakes(id: unknown, product: unknown, quantity: unknown, customer: unknown): string[] {
  return [
    ...(isUuid(id) ? [] : ['id must be a UUID in small letters, or left out']),
    ...(isText(product) ? [] : ['product must be the id of a product']),
    ...(isQuantity(quantity) ? [] : ['quantity must be a whole number from 1 to 99']),
    ...(isName(customer) ? [] : ['customer must be a name of at most 200 characters']),
  ];
}
