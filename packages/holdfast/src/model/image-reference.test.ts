import { expect, test } from 'vitest';
import { imageReference } from './image-reference.ts';
import type { Known } from './resource.ts';

const app = {
  name: 'app',
  spec: { source: { from: 'archive', path: 'app.tar' }, inputs: '0123456789abcdef' },
} as unknown as Known<'image'>;

test('an image is named by its system, its environment and what it is made of', () => {
  expect(imageReference({ system: 'shop', environment: 'local' }, app)).toBe('holdfast/shop/local/app:0123456789ab');
});

test('no two systems share an image, however their names are put together', () => {
  const one = imageReference({ system: 'shop-a', environment: 'b' }, app);
  expect(imageReference({ system: 'shop', environment: 'a-b' }, app)).not.toBe(one);
});
