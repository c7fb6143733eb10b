import type { LatencyFacts } from '../../model/assertion/facts/network.ts';
import type { Looked } from '../../model/assertion/matcher.ts';
import { connected } from './connections.ts';
import { askHttp } from './http.ts';

/** Asks so many times, one after the other, each on a connection of its own. */
export async function askLatency(url: URL, samples: number, signal: AbortSignal): Promise<Looked<LatencyFacts>> {
  const taken: number[] = [];
  for (let number = 0; number < samples; number += 1) {
    const startedAt = performance.now();
    await askOnce(url, signal);
    taken.push(performance.now() - startedAt);
  }
  return { facts: { samples: taken.toSorted((a, b) => a - b) } };
}

async function askOnce(url: URL, signal: AbortSignal): Promise<void> {
  if (url.protocol !== 'tcp:') return void (await askHttp({ url, wantsBody: false }, signal));
  using _ = await connected({ host: bare(url.hostname), port: Number(url.port) }, signal);
}

/** An address of IPv6 stands in brackets in a URL. */
const bare = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');
