import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { groupCommit } from './group-commit.ts';

/** Commits that take a while, and what each held. */
function recorded(atMost?: number) {
  const groups: number[][] = [];
  const commits = groupCommit<number>(async group => {
    groups.push([...group]);
    await sleep(5);
    if (group.includes(13)) throw new Error('unlucky');
  }, atMost);
  return { groups, commits };
}

test('what is added in one turn is one group, and what comes while it is committed is the next', async () => {
  const { groups, commits } = recorded();
  const first = [commits.add([1]), commits.add([2, 3])];
  await sleep(2);
  await Promise.all([...first, commits.add([4]), commits.add([5])]);
  expect(groups).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
});

test('a group ends where it is full, and nothing added together is split', async () => {
  const { groups, commits } = recorded(3);
  await Promise.all([commits.add([1, 2]), commits.add([3, 4]), commits.add([5])]);
  expect(groups).toEqual([[1, 2, 3, 4], [5]]);
});

test('a group that fails fails for all of its own, and for no other', async () => {
  const { commits } = recorded();
  const failing = Promise.allSettled([commits.add([1]), commits.add([13])]);
  expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await commits.add([2]);
});

test('it is settled when the last group is committed', async () => {
  const { groups, commits } = recorded();
  void commits.add([1]);
  await commits.settled();
  expect(groups).toEqual([[1]]);
  await commits.settled();
});
