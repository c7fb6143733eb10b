import { type NetworkSeen, type NetworkText, networkTexts, type TextSeen } from '../../ports/looking/snapshot.ts';
import type { HeldProcess } from './held-process.ts';

/** What the kernel says of the network namespace that a process is in. */
export async function networkOf(first: HeldProcess): Promise<NetworkSeen> {
  const texts = await Promise.all(
    networkTexts.map(async name => [name, await first.read(`net/${name}`).catch(() => '')] as const),
  );
  return { network: Object.fromEntries(texts) as Record<NetworkText, string> };
}

/** What a process was started with. */
export const environmentOf = async (first: HeldProcess): Promise<TextSeen> => ({ text: await first.read('environ') });
