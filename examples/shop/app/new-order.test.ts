import { expect, test } from 'vitest';
import { readNewOrder } from './new-order.ts';

const good = { product: 'tea', quantity: 2, customer: 'Ada' };

test('an order names product, quantity and customer, and nothing else of it is kept', () => {
  expect(readNewOrder({ ...good, customer: ' Ada ', state: 'packed' })).toEqual({ order: good });
});

test.each([0, 100, 1.5, '2', null])('a quantity of %j is no quantity', quantity => {
  expect(readNewOrder({ ...good, quantity })).toEqual({ wrong: ['quantity must be a whole number from 1 to 99'] });
});

test('all mistakes are told at once', () => {
  expect(readNewOrder({})).toHaveProperty('wrong.length', 3);
});

test.each([undefined, null, 'order', 7])('a body of %j is no order', body => {
  expect(readNewOrder(body)).toEqual({ wrong: ['the body must be an object'] });
});

test('a customer has a name, of at most 200 characters', () => {
  const wrong = ['customer must be a name of at most 200 characters'];
  expect(readNewOrder({ ...good, customer: 'a'.repeat(201) })).toEqual({ wrong });
  expect(readNewOrder({ ...good, customer: '  ' })).toEqual({ wrong });
});
