import { request as http } from 'node:http';
import { request as https } from 'node:https';

/** Whether a URL answers 200 within a second. Who answers is not looked at: nothing is told to it, and nothing hangs on it. */
export function answers(url: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const options = { agent: false, rejectUnauthorized: false, signal: AbortSignal.timeout(1_000) } as const;
  (url.startsWith('https:') ? https : http)(url, options, answer => {
    answer.resume();
    resolve(answer.statusCode === 200);
  })
    .on('error', () => resolve(false))
    .end();
  return promise;
}
