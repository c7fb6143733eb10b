import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toldBounds } from '../../packages/holdfast/src/cli/docs/bounds.ts';
import { declareSystem } from '../../packages/holdfast/src/declare/declare-system.ts';
import { docsOf } from '../../packages/holdfast/src/verify/docs/docs.ts';
import { knownOf } from '../../packages/holdfast/src/verify/docs/testing/shop.ts';

const file = join(import.meta.dirname, 'system.ts');
const model = await declareSystem({ file, environment: { name: 'local', domain: 'shop.localhost' } });

/** What a run of all checks would have found, and nobody drilled. The stamp is not for reading. */
const pages = docsOf({ ...knownOf(model), bounds: toldBounds(model) }).markdown.map(({ path, text }) => ({
  path,
  text: text.replace(/\n<!-- holdfast:docs .*/s, ''),
}));

test.each([
  ['README.md', 'golden/system.md'],
  ['promise/a-shopper-can-order.md', 'golden/promise.md'],
])('%s reads as %s', async (path, golden) => {
  await expect(pages.find(page => page.path === path)?.text).toMatchFileSnapshot(golden);
});
