import type { Telling } from '../../harness.ts';
import { configWithJournal } from '../books.ts';
import { randomFrom } from '../random.ts';
import { watchUnnamedVolumes } from '../unnamed-volumes.ts';
import { type Size, systemText, whole } from './fleet.ts';
import { blowsOf, tableOf } from './table.ts';
import { type Ground, isClean, type Kind, kinds, measure, type Outcome, type Trial, trial } from './trial.ts';

export interface Course {
  readonly size: Size;
  readonly trials: number;
  readonly seed: number;
  /** Only this one, to look at it again. */
  readonly only?: number;
  readonly kinds?: readonly Kind[];
}

/** So many trials on one system, each from the seed and its number alone. */
export async function crashes({ project, after, say }: Telling, course: Course): Promise<readonly Outcome[]> {
  const ground = await open();
  const outcomes: Outcome[] = [];
  for (const kind of course.kinds ?? kinds) await measure(ground, kind, course.size);
  say(
    `seed ${course.seed}; undisturbed: ${[...ground.usual].map(([kind, { seconds }]) => `${kind} ${seconds.toFixed(1)} s`).join(', ')}`,
  );
  for (let number = course.only ?? 1; outcomes.length < (course.only ? 1 : course.trials); number++) {
    const outcome = await trial(ground, drawn(course, number));
    if (outcome.killed) outcomes.push(outcome);
    if (!isClean(outcome)) say(inWords(outcome));
    if (outcome.killed && outcomes.length % 20 === 0) say(`${outcomes.length} of ${course.trials}`);
  }
  return outcomes;

  async function open(): Promise<Ground> {
    const one = await project({ system: systemText(whole(course.size, 1)), config: configWithJournal() });
    const volumes = await watchUnnamedVolumes(one.name);
    after(() => volumes[Symbol.asyncDispose]());
    return { project: one, volumes, usual: new Map(), now: undefined, version: 1 };
  }
}

function drawn(course: Course, number: number): Trial {
  const random = randomFrom(course.seed * 10_007 + number);
  const all = course.kinds ?? kinds;
  const kind = all[(number - 1) % all.length] ?? 'create';
  return { number, kind, size: course.size, when: random(), by: random() < 0.5 ? 'time' : 'facts' };
}

function inWords({ trial: { number, kind, when, by }, last, ...found }: Outcome): string {
  const what = [...found.orphans, ...found.duplicates, ...found.wrong, ...found.failures];
  if (found.stuckLease) what.push('the lease is stuck');
  return `trial ${number} (${kind}, at ${when.toFixed(3)} by ${by}, after ${last}): ${what.join('; ')}`;
}

/** Prints the table, and throws when anything was not as declared. */
export function judge(outcomes: readonly Outcome[], { say }: Telling): void {
  for (const line of tableOf(outcomes)) say(line);
  say(`the blows fell after: ${blowsOf(outcomes)}`);
  const unclean = outcomes.filter(outcome => !isClean(outcome));
  if (unclean.length > 0) throw new Error(`${unclean.length} of ${outcomes.length} trials did not end as declared`);
}
