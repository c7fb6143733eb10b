import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ProblemParts, Problems } from '../kit/problem.ts';
import type { Target } from '../model/declaration/slot.ts';
import { channel } from './answer.ts';
import { declareSystem, modelIn } from './declare-system.ts';
import { start } from './evaluate.ts';

/**
 * Every file in `bad-input/` is wrong, and says in its first lines how it is to be told:
 * `// expect: line:column | what | why | what to do`, each of the three a part of the message.
 */
const folder = join(import.meta.dirname, 'bad-input');

const local: Target = {
  name: 'local',
  subnets: '10.231.0.0/16',
  engines: ['default'],
  environments: ['local', 'staging', 'production'],
};

interface Expected {
  readonly where: string;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

function expectedOf(file: string): readonly Expected[] {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  return lines
    .filter(line => line.startsWith('// expect: '))
    .map(line => expectation(file, line.slice(11).split(' | ')));
}

const expectation = (file: string, [at, what = '', why = '', fix = '']: readonly string[]): Expected => {
  if (!at || !what || !why || !fix) throw new Error(`${file}: its expectation is to have four parts`);
  return { where: `${file}:${at}`, what, why, fix };
};

function expectTold(problems: readonly ProblemParts[], file: string): void {
  const expected = expectedOf(file);
  expect(expected.length, `${file} says what to expect`).toBeGreaterThan(0);
  const told = problems.map(({ where, what, why, fix, exit }) => ({ where, what, why, fix, exit }));
  expect(told).toEqual(
    expected.map(({ where, what, why, fix }) => ({
      where,
      what: expect.stringContaining(what),
      why: expect.stringContaining(why),
      fix: expect.stringContaining(fix),
      exit: 2,
    })),
  );
  for (const { evidence } of problems) expect(evidence?.[1], 'the mark below the line').toMatch(/\| \s*\^$/);
}

/** One process reads them all, but for those that say so in a line of their own: they end it. */
const alone = '// alone';

const files = readdirSync(folder).filter(file => file.endsWith('.ts'));
const configs = files.filter(file => file.endsWith('.config.ts'));
const systems = files.filter(file => !file.endsWith('.config.ts'));
const isAlone = (file: string): boolean => readFileSync(join(folder, file), 'utf8').includes(`\n${alone}`);
const together = systems.filter(file => !isAlone(file));

describe('a wrong system.ts is told by file, line, what, why and what to do', () => {
  const answers = new Map<string, string>();
  const optionsOf = (file: string) => ({ file: join(folder, file), environment: local, folder });

  beforeAll(async () => {
    const reader = join(import.meta.dirname, 'testing', 'read-systems.ts');
    const paths = together.map(file => join(folder, file));
    const child = start(join(folder, 'system.ts'), 2, [reader, JSON.stringify(local), ...paths]);
    const lines = (await text(child.stdio[channel] as Readable)).split('\n').filter(Boolean);
    for (const [index, line] of lines.entries()) answers.set(together[index] ?? '', line);
  });

  test.for(systems)('%s', async file => {
    const answer = answers.get(file);
    expect(answer !== undefined, 'read by the process that reads many').toBe(!isAlone(file));
    const declared = answer ? modelIn(answer, optionsOf(file)) : declareSystem(optionsOf(file));
    const error: unknown = await declared.catch(thrown => thrown);
    if (!(error instanceof Problems)) throw error;
    expect(error.exit).toBe(2);
    expectTold(
      error.problems.map(({ parts }) => parts),
      file,
    );
  });
});

describe('a wrong holdfast.config.ts is told by file, line, what, why and what to do', () => {
  const told = new Map<string, readonly ProblemParts[]>();

  beforeAll(async () => {
    const reader = join(import.meta.dirname, 'testing', 'read-configs.ts');
    const flags = ['--conditions=holdfast-source', reader, ...configs.map(file => join(folder, file))];
    const { stdout } = await promisify(execFile)(process.execPath, flags, { maxBuffer: 2 ** 24 });
    for (const [index, line] of stdout.trim().split('\n').entries()) told.set(configs[index] ?? '', JSON.parse(line));
  });

  test.for(configs)('%s', file => expectTold(told.get(file) ?? [], file));
});

test('there are at least 60 wrong files', () => {
  expect(files.length).toBeGreaterThanOrEqual(60);
});
