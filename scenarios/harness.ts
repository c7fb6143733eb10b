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
}

type Story = readonly [sentence: string, tell: (telling: Telling) => Promise<void>];

const told: Story[] = [];

/** Adds a story. They are told one after the other, in this order, by {@link tellAll}. */
export function story(sentence: string, tell: Story[1]): void {
  told.push([sentence, tell]);
}

/** Tells all stories, or those whose sentence holds the word given as `--only`; ends the process with 0 or 1. */
export async function tellAll(): Promise<never> {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const chosen = told.filter(([sentence]) => sentence.includes(values.only ?? ''));
  let failed = 0;
  for (const one of chosen) failed += (await isTold(one)) ? 0 : 1;
  console.log(`${chosen.length - failed} passed, ${failed} failed`);
  process.exit(failed > 0 || chosen.length === 0 ? 1 : 0);
}

async function isTold([sentence, tell]: Story): Promise<boolean> {
  const cleaning: (() => Promise<unknown> | unknown)[] = [];
  const since = performance.now();
  const ended = () => `${((performance.now() - since) / 1000).toFixed(1)} s`;
  const after = (clean: () => Promise<unknown> | unknown): void => void cleaning.push(clean);
  const opened = async (files: ProjectFiles): Promise<Project> => {
    const one = await project(files);
    after(() => one.remove());
    return one;
  };
  try {
    await tell({ project: opened, after, say: line => console.log(`    ${line}`) });
    console.log(`  ✓ ${sentence} (${ended()})`);
    return true;
  } catch (error) {
    console.log(`  ✗ ${sentence} (${ended()})\n${error instanceof Error ? error.stack : error}`);
    return false;
  } finally {
    for (const clean of cleaning.reverse()) await Promise.resolve(clean()).catch(error => console.error(error));
  }
}

/** The repository. */
export const root = join(import.meta.dirname, '..');

export { docker, labelled, type Project } from './support/project.ts';
export type { Ended } from './support/run.ts';
