import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCode, Problem } from '../../../kit/problem.ts';
import type { Downloads, WantedFile } from '../../../ports/downloads.ts';

type Headers = Readonly<Record<string, string>> | undefined;

/** The contract without its patience: one try. Providers know nothing of each other, so that the real one is not to be had here. */
export function plainDownloads(folder: string): Downloads {
  const contacted = new Set<string>();
  const pathOf = ({ hex }: WantedFile['digest']): string => join(folder, hex);
  const isWhole = async (digest: WantedFile['digest']): Promise<boolean> =>
    existsSync(pathOf(digest)) && hash(digest.algorithm, await readFile(pathOf(digest))) === digest.hex;

  async function get(url: string | undefined, headers: Headers, signal: AbortSignal): Promise<Uint8Array> {
    if (!url) throw failed('no address is known', undefined);
    contacted.add(new URL(url).host);
    const answer = await fetch(url, { signal, ...(headers && { headers }) });
    if (answer.ok) return await answer.bytes();
    throw failed(`${url} answered ${answer.status}`, answer.status);
  }

  return {
    contacted,
    has: digest => existsSync(pathOf(digest)),
    document: ({ urls, headers }, signal) => get(urls[0], headers, signal),
    async file({ digest, urls, headers }, signal) {
      if (await isWhole(digest)) return pathOf(digest);
      await rm(pathOf(digest), { force: true });
      await writeFile(pathOf(digest), await get(urls[0], headers, signal));
      if (await isWhole(digest)) return pathOf(digest);
      throw failed('it sent other bytes', undefined);
    },
  };
}

const failed = (why: string, status: number | undefined): Problem =>
  new Problem({ what: "it can't be fetched", why, exit: exitCode.unreachable, cause: { status } });
