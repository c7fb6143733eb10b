import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { errorOutput } from './output/problem.ts';
import { type Outside, thisProcess } from './outside.ts';
import { run } from './run.ts';

/** A screen that fails in a way that nobody foresaw. */
function outsideThatBreaks() {
  const [stdout, stderr] = [new PassThrough(), new PassThrough().setEncoding('utf8')];
  stdout.write = () => {
    throw new TypeError('nobody foresaw this');
  };
  return { ...thisProcess(), stdout, stderr } as unknown as Outside & { stderr: PassThrough };
}

test('an error that nobody foresaw is a problem in JSON where JSON was asked for', async () => {
  const outside = outsideThatBreaks();
  expect(await run(['--version', '--json'], outside)).toBe(1);
  const told = errorOutput.parse(JSON.parse(outside.stderr.read()));
  expect(told).toMatchObject({ exit: 1, problems: [{ what: 'this is a bug in Holdfast' }] });
  expect(told.problems[0]?.evidence?.join('\n')).toContain('TypeError: nobody foresaw this');
});

test('and text where it was not', async () => {
  const outside = outsideThatBreaks();
  expect(await run(['--version'], outside)).toBe(1);
  expect(outside.stderr.read()).toContain('this is a bug in Holdfast');
});
