import { join } from 'node:path';
import { run } from './newcomer.ts';

const shop = join(import.meta.dirname, '../../../../../examples/shop');

/**
 * Bakes images of the example shop, where the cache lacks them, and puts them on this machine's engine: gives what names
 * each there. Whoever names the repository removes them.
 */
export async function shopImages<const N extends string>(
  repository: string,
  ...names: readonly N[]
): Promise<Readonly<Record<N, string>>> {
  const to = ['--to', `engine:${repository}`];
  const { code, stdout, stderr } = await run(['bake', ...names, '--locked', '--no-seal', '--json', ...to], shop);
  if (code !== 0) throw new Error(`the images of the shop could not be baked\n${stdout}\n${stderr}`);
  const { brought } = JSON.parse(stdout) as { readonly brought: readonly { readonly image: N; readonly as: string }[] };
  return Object.fromEntries(brought.map(({ image, as }) => [image, as])) as Record<N, string>;
}
