import { strict as assert } from 'node:assert';
import { docker, type Project, type Telling } from '../../harness.ts';
import { standingOf } from '../inspected.ts';
import { ask } from '../load.ts';
import type { Drift } from './drifts.ts';
import { type Hands, handsOn } from './hands.ts';
import { richProject } from './rich.ts';

/** A rich system that is up, and hands that can reach into it. */
export interface Rich {
  readonly project: Project;
  readonly hands: Hands;
}

export async function openRich(telling: Telling): Promise<Rich> {
  const project = await richProject(telling);
  const hands = handsOn(project);
  telling.after(() => removeByHand(hands));
  await project.must('up', '--yes');
  return { project, hands };
}

export async function staysAsItIs({ project }: Rich, rounds: number): Promise<void> {
  const before = await standingOf(project);
  assert.equal(before.length, 7);
  for (let round = 0; round < rounds; round++) {
    await project.must('up', '--yes');
    assert.deepEqual(await standingOf(project), before);
  }
  assert.ok((await planned(project)).noop);
}

/** People do all of these; a plan tells them and an up mends them. Returns what the plan says of the first. */
export async function isSaidAndMended({ project, hands }: Rich, all: readonly Drift[]): Promise<string> {
  for (const drift of all) await drift.act(hands);
  const said = await isSaid(all, hands);
  await isMended(all, hands);
  await letGo(hands);
  assert.match(await ask(doorOf(project), 'GET', '/'), /hello/);
  return said;
}

/** The part of `plan --json` that is looked at here. */
interface Planned {
  readonly noop: boolean;
  readonly changes: readonly {
    readonly address: string;
    readonly action: string;
    readonly why: readonly { readonly aspect: string }[];
  }[];
  readonly notOurs: readonly { readonly name: string }[];
}

const doorOf = ({ name, ports }: Project) => ({ port: ports, host: `${name}.localhost` });

async function planned(project: Project): Promise<Planned> {
  return JSON.parse((await project.must('plan', '--json')).stdout);
}

/** The plan tells each drift, to people and to machines, and nothing else. Returns what it says of the first. */
async function isSaid(all: readonly Drift[], hands: Hands): Promise<string> {
  const { stdout } = await hands.project.must('plan');
  const words = stdout.replace(/\s+/g, ' ');
  const plan = await planned(hands.project);
  for (const { sentence, says, tells, stranger } of all) {
    if (!(stranger && all.length > 1)) assert.match(words, says, `${sentence}:\n${stdout}`);
    for (const told of tells)
      assert.ok(isTold(plan, told, all.length > 1), `${sentence}: ${JSON.stringify(told)}\n${inJson(plan)}`);
    const name = stranger?.(hands);
    if (name)
      assert.ok(
        plan.notOurs.some(one => one.name === name),
        `${name} is not told`,
      );
  }
  const expected = new Set(all.flatMap(({ tells }) => tells.map(({ address }) => address)));
  const more = plan.changes.filter(({ address }) => !expected.has(address));
  assert.deepEqual(
    more.filter(({ action }) => action !== 'route'),
    [],
    'and says no more than that',
  );
  assert.equal(plan.noop, expected.size === 0);
  return all.map(({ says }) => says.exec(words)?.[0]).find(Boolean) ?? '';
}

/** What could be changed in place is replaced along with what can't. */
const isTold = ({ changes }: Planned, told: Drift['tells'][number], isWithOthers: boolean): boolean => {
  const { address, action, aspect } = told;
  const actions = isWithOthers && action === 'change' ? [action, 'replace'] : [action];
  return changes.some(
    change =>
      change.address === address &&
      actions.includes(change.action) &&
      (!aspect || change.why.some(difference => aspect.test(difference.aspect))),
  );
};

const inJson = ({ changes }: Planned): string => JSON.stringify(changes, null, 2);

/** After an up nothing is left to do, a second one changes nothing, and what is not ours stands as it stood. */
async function isMended(all: readonly Drift[], hands: Hands): Promise<void> {
  const { project } = hands;
  const strangers = async () => (await standingOf(project)).filter(({ name }) => name.includes('by-hand-stray'));
  const before = await strangers();
  await project.must('up', '--yes');
  assert.match((await project.must('plan')).stdout, /no changes/i);
  const after = await standingOf(project);
  assert.ok(
    after.every(({ status, slot }) => status === 'running' || slot.startsWith('instance/seed')),
    JSON.stringify(after),
  );
  await project.must('up', '--yes');
  assert.deepEqual(await standingOf(project), after, 'a second up changes nothing');
  assert.deepEqual(await strangers(), before, 'what is not ours is left alone');
  if (all.some(({ sentence }) => sentence.startsWith('a volume'))) await docker.getVolume(hands.own('data')).inspect();
}

/** Takes what the hand made away, so that the next story begins with a system that is as declared. */
async function letGo(hands: Hands): Promise<void> {
  await removeByHand(hands);
  assert.ok((await planned(hands.project)).noop);
}

async function removeByHand({ own }: Hands): Promise<void> {
  await docker.getContainer(own('stray')).remove({ force: true }).catch(notThere);
  await docker.getVolume(own('data')).remove().catch(notThere);
  await docker
    .getImage(`${own('intruder')}:1`)
    .remove()
    .catch(notThere);
}

function notThere(error: { statusCode?: number }): void {
  if (error.statusCode !== 404) throw error;
}
