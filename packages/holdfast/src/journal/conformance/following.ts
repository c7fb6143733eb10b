import { expect, test } from 'vitest';
import type { Journal } from '../journal.ts';
import { stepDone, stepOf } from './facts.ts';
import type { OpenGround } from './journal.ts';

/** The steps of the next facts after a place, as they come. */
async function followed(journal: Journal, after: number, count: number): Promise<string[]> {
  const enough = new AbortController();
  const steps: string[] = [];
  for await (const fact of journal.follow(after, enough.signal)) {
    steps.push(stepOf(fact));
    if (steps.length === count) enough.abort();
  }
  return steps;
}

export function following(open: OpenGround): void {
  test('a follower gets what is there, then what comes, by itself and by others', async () => {
    await using ground = await open();
    await using mine = await ground.journal();
    await using other = await ground.journal();
    await mine.append([stepDone('one'), stepDone('two')]);
    const seen = followed(mine, 1, 4);
    await other.append([stepDone('three')]);
    await mine.append([stepDone('four')]);
    await other.append([stepDone('five')]);
    expect(await seen).toEqual(['two', 'three', 'four', 'five']);
  });

  test('a follower that waits ends at the signal, without an error', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    const stop = new AbortController();
    const following = Array.fromAsync(journal.follow(0, stop.signal));
    setTimeout(() => stop.abort(), 30);
    expect(await following).toEqual([]);
  });

  test('a follower ends when its journal is closed', async () => {
    await using ground = await open();
    const journal = await ground.journal();
    const following = Array.fromAsync(journal.follow(0, new AbortController().signal));
    await journal[Symbol.asyncDispose]();
    expect(await following).toEqual([]);
  });
}
