import { expect, test } from 'vitest';
import { readNewOrder } from './new-order.ts';

const good = { id: '6f1c2b1e-3d4a-4b5c-8d6e-7f8091a2b3c4', product: 'tea', quantity: 2, customer: 'Ada' };

test('an order names its id, product, quantity and customer, and nothing else of it is kept', () => {
  expect(readNewOrder({ ...good, customer: ' Ada ', state: 'packed' })).toEqual({ order: good });
});

test('an order without an id is given one, another each time', () => {
  const { id: _, ...unnamed } = good;
  const ids = [1, 2].map(() => {
    const reading = readNewOrder(unnamed);
    return 'order' in reading ? reading.order.id : undefined;
  });
  expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(ids[0]).not.toBe(ids[1]);
});

test.each(['1', 7, null, good.id.toUpperCase()])('an id of %j is no id', id => {
  expect(readNewOrder({ ...good, id })).toEqual({ wrong: ['id must be a UUID in small letters, or left out'] });
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
