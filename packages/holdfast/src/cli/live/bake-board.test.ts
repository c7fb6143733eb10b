import { expect, test } from 'vitest';
import { plain } from '../show/screen.ts';
import { bakingLines } from './bake-board.ts';

const web = { image: 'web', doing: 'packages nginx', since: 1_000 };

test('an image under way is a line: what it is at, for how long, the last that was heard', () => {
  expect(bakingLines([web, { ...web, image: 'db', since: 0, latest: 'Setting up' }], 2_000, plain, 80)).toEqual([
    expect.stringMatching(/^. web {2}packages nginx {2}1\.0s$/),
    expect.stringMatching(/^. db {3}packages nginx {2}2\.0s {2}Setting up$/),
  ]);
});

test('never runs over the edge of the window, nor over many lines', () => {
  const many = Array.from({ length: 12 }, (_, nth) => ({ ...web, image: `i${nth}`, latest: 'x'.repeat(200) }));
  const lines = bakingLines(many, 2_000, plain, 60);
  expect(lines).toHaveLength(11);
  expect(lines.at(-1)).toContain('2 more images');
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
});

test('has nothing left when all is done', () => {
  expect(bakingLines([], 0, plain, 80)).toEqual([]);
});
