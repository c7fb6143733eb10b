import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Project, project } from './support/project.ts';

/** What a story is told with. What it opens here is cleaned up when it ends, however it ends. */
export interface Telling {
  /** A folder of its own with this system.ts, on the real engine, under names that no other story has. */
  project(files: ProjectFiles): Promise<Project>;
  /** Run when the story ends, the last one first. */
  after(clean: () => Promise<unknown> | unknown): void;
  /** A line for the reader, indented under the story. */
  say(line: string): void;
}

export interface ProjectFiles {
  readonly system: string;
  /** holdfast.config.ts; left out: one environment `local` on a free range of ports. */
  readonly config?: string;
  /** Further files by relative path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Makes it another folder of the same system, as a colleague has one: the same name, ports and state of the machine. */
  readonly like?: Project;
}

type Story = readonly [sentence: string, tell: (telling: Telling) => Promise<void>];

const told: Story[] = [];

/** Adds a story. They are told one after the other, in this order, by {@link tellAll}. */
export function story(sentence: string, tell: Story[1]): void {
  told.push([sentence, tell]);
}

/** An option of the command line, as in `--seed 7`. */
export const option = (name: string): string | undefined => {
  const { values } = parseArgs({ options: { [name]: { type: 'string' } }, strict: false });
  return typeof values[name] === 'string' ? values[name] : undefined;
};

/** Tells all stories, or those whose sentence holds the word given as `--only`; ends the process with 0 or 1. */
export async function tellAll(): Promise<never> {
  const chosen = told.filter(([sentence]) => sentence.includes(option('only') ?? ''));
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      stopping.abort();
      for (const cleaning of begun) clean(cleaning);
    });
  let failed = 0;
  for (const one of chosen) failed += !stopping.signal.aborted && (await isTold(one)) ? 0 : 1;
  await clean(cleaningAtTheEnd);
  console.log(`${chosen.length - failed} passed, ${failed} failed`);
  process.exit(failed > 0 || chosen.length === 0 ? 1 : 0);
}

/**
 * What several stories are told in: opened by the first of them, cleaned up after the last story of all. When it can't
 * be opened, each of them fails for that reason.
 */
export function shared<T>(open: (telling: Telling) => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open(telling(cleaningAtTheEnd));
    return opened;
  };
}

type Cleaning = (() => Promise<unknown> | unknown)[];

const cleaningAtTheEnd: Cleaning = [];
const begun = new Set<Cleaning>();
const cleanings = new Map<Cleaning, Promise<void>>();

function telling(cleaning: Cleaning): Telling {
  begun.add(cleaning);
  const after: Telling['after'] = clean => void cleaning.push(clean);
  return {
    after,
    say: line => console.log(`    ${line}`),
    async project(files) {
      const one = await project(files);
      after(() => one.remove());
      return one;
    },
  };
}

/** Once, whoever asks: whoever stops a story half-way is left with nothing of it either. */
function clean(cleaning: Cleaning): Promise<void> {
  const cleaned = cleanings.get(cleaning) ?? cleanUp(cleaning);
  cleanings.set(cleaning, cleaned);
  return cleaned;
}

async function cleanUp(cleaning: Cleaning): Promise<void> {
  for (const one of cleaning.toReversed()) await Promise.resolve(one()).catch(error => console.error(error));
}

async function isTold([sentence, tell]: Story): Promise<boolean> {
  const cleaning: Cleaning = [];
  const since = performance.now();
  const ended = () => `${((performance.now() - since) / 1000).toFixed(1)} s`;
  try {
    await tell(telling(cleaning));
    console.log(`  ✓ ${sentence} (${ended()})`);
    return true;
  } catch (error) {
    console.log(`  ✗ ${sentence} (${ended()})\n${error instanceof Error ? error.stack : error}`);
    return false;
  } finally {
    await clean(cleaning);
  }
}

/** The repository. */
export const root = join(import.meta.dirname, '..');

export { type CommandLine, docker, labelled, type Project } from './support/project.ts';
export type { Ended } from './support/run.ts';
