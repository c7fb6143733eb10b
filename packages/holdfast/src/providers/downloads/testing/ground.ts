import { hash } from 'node:crypto';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import type { RequestListener, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { Problem } from '../../../kit/problem.ts';
import type { WantedFile } from '../../../ports/downloads.ts';
import { type DownloadsOptions, downloads } from '../downloads.ts';
import { openMirror } from './mirror.ts';

/** Long enough to be sent in several pieces. */
export const content = Buffer.alloc(300_000, 'what Debian signed, or npm locked\n');
export const digest = { algorithm: 'sha256', hex: hash('sha256', content) } as const;

export function emptyStore(): string {
  const store = mkdtempSync(join(tmpdir(), 'hf-downloads-'));
  onTestFinished(() => rmSync(store, { recursive: true, force: true }));
  return store;
}

/** All files in a store, drafts too. */
export const filesIn = (store: string): readonly string[] =>
  globSync('files/**', { cwd: store, withFileTypes: true }).flatMap(found => (found.isFile() ? [found.name] : []));

export async function mirrorThat(answer: RequestListener, secured?: Parameters<typeof openMirror>[1]) {
  const mirror = await openMirror(answer, secured);
  onTestFinished(() => mirror[Symbol.asyncDispose]());
  return mirror;
}

/** As a usual one does. */
export const whole = (response: ServerResponse): void =>
  void response.writeHead(200, { 'content-length': content.length }).end(content);

/** Impatient, so that a test is quick. */
export const quick = (store: string, options: Partial<DownloadsOptions> = {}) =>
  downloads({ store, pauses: [1, 2, 3, 4], silence: 300, ...options });

export const wantedOf = (...urls: readonly string[]): WantedFile => ({
  about: 'nginx 1.22.1-9 (amd64)',
  urls,
  digest,
  size: content.length,
});

export const never = new AbortController().signal;

export const failure = (work: Promise<unknown>): Promise<Problem> =>
  work.then(
    () => expect.fail('it was fetched'),
    error => (error instanceof Problem ? error : Promise.reject(error)),
  );
