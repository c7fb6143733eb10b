import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../../../kit/hash.ts';
import { exitCode, Problem } from '../../../../kit/problem.ts';
import type { Downloads } from '../../../../ports/downloads.ts';

/** Downloads without patience: each URL once, for as many milliseconds. Those that Holdfast bakes with are another provider's. */
export function plainDownloads(folder: string, patience = 500): Downloads {
  const contacted = new Set<string>();
  const get = async (url: string, signal: AbortSignal): Promise<Uint8Array> => {
    contacted.add(new URL(url).host);
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return answer.bytes();
  };
  async function first<T>(about: string, urls: readonly string[], signal: AbortSignal, use: (bytes: Uint8Array) => T) {
    const setbacks: string[] = [];
    for (const url of urls) {
      try {
        return use(await get(url, signal));
      } catch (error) {
        signal.throwIfAborted();
        setbacks.push(`${url}: ${error instanceof Error ? error.message : error}`);
      }
    }
    throw new Problem({ what: `${about} can't be had`, evidence: setbacks, exit: exitCode.unreachable });
  }
  return {
    contacted,
    has: () => false,
    document: ({ about, urls }, signal) => first(about, urls, signal, bytes => bytes),
    async file({ about, urls, digest }, signal) {
      const bytes = await first(about, urls, signal, found => {
        if (sha256(found) !== digest.hex) throw new Error('it has another SHA-256');
        return found;
      });
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, digest.hex), bytes);
      return join(folder, digest.hex);
    },
  };
}
