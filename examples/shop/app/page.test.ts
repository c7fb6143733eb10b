import { expect, test } from 'vitest';
import { page, price } from './page.ts';

const tea = { id: 'tea', name: 'Tea & <more>', description: '"Fine"', cents: 1250 };

test('a price has two decimals', () => {
  expect([price(1250), price(5)]).toEqual(['€ 12.50', '€ 0.05']);
});

test('what comes from the database cannot become markup', () => {
  const html = page([tea], '<script>');
  expect(html).toContain('Tea &amp; &lt;more&gt;');
  expect(html).toContain('&quot;Fine&quot;');
  expect(html).toContain('Version &lt;script&gt;');
});

test('the first product is chosen, so that the form is never empty', () => {
  const html = page([tea, { ...tea, id: 'cup' }], '1');
  expect(html.match(/ checked/g)).toHaveLength(1);
  expect(html).toContain('value="tea" checked');
});
