/**
 * A job with a schedule runs when its time has come: once, however many agents there are, and whenever one of them is
 * killed; and data that was named to be destroyed goes when its grace period is over. @long
 */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { docker, labelled, type Project, shared, story, tellAll } from './harness.ts';
import { anotherLike, theAgent } from './support/agents.ts';
import { until } from './support/books.ts';
import { containersOf, runIn } from './support/containers.ts';
import { kill } from './support/faults/kill.ts';

/** In seconds, between two runs: the least that may be declared. */
const every = 10;

const theProject = shared(async (telling): Promise<Project> => {
  const project = await telling.project({
    system: `import { image, job, network, system } from 'holdfast';

export default system('NAME', () => {
  job('tick', { image: image('tiny', { archive: './tiny.tar' }), network: network('lan'), command: ['echo', 'a tick'], every: '${every}s' });
});
`,
  });
  await project.must('up', '--yes');
  return project;
});

/** What the journal has of it: for which times it was begun, and how each run ended. */
async function runsIn(
  project: Project,
): Promise<{ readonly begun: readonly string[]; readonly ended: readonly string[] }> {
  const { stdout } = await project.must('journal', '--kind', 'job.started', 'job.ended', '--json');
  const facts = stdout
    .trim()
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
  const of = (kind: string) => facts.filter(fact => fact.kind === kind).map(({ payload }) => payload);
  return {
    begun: of('job.started').map(({ slot }) => slot),
    ended: of('job.ended').map(({ slot, outcome, exitCode }) => `${slot} ${outcome} ${exitCode}`),
  };
}

/** Lines that its container has written, run after run. */
async function ticks({ name }: Project): Promise<number> {
  const [tick] = await containersOf(name, { service: 'tick' });
  const said = await docker.getContainer(tick?.id ?? '').logs({ stdout: true, follow: false });
  return said.toString().match(/a tick/g)?.length ?? 0;
}

/** All that was begun ends as it ought to, is for a time of its own, and writes one line. */
async function assertOnceEach(project: Project, seconds: number): Promise<readonly string[]> {
  const before = await runsIn(project);
  await pause(seconds * 1_000);
  const { ended } = await runsIn(project);
  const lines = await ticks(project);
  const { begun } = await runsIn(project);
  assert.deepEqual(begun, [...new Set(begun)].sort(), 'no time twice, and none out of order');
  assert.ok(ended.length - before.ended.length >= seconds / every / 2, `${ended.length - before.ended.length} runs`);
  assert.deepEqual(
    ended.filter(one => !one.endsWith(' ended 0')),
    [],
  );
  assert.ok(
    ended.length <= lines && lines <= begun.length,
    `${lines} lines of ${ended.length} to ${begun.length} runs`,
  );
  return begun;
}

story('a job runs every ten seconds, and each time once', async telling => {
  const project = await theProject();
  const begun = await assertOnceEach(project, 45);
  telling.say(`${begun.length} runs`);
  for (const slot of begun) assert.equal(Date.parse(slot) % (every * 1_000), 0, `${slot} is a time that it names`);
});

story('each time once also where there are two agents, and when one of them is killed', async telling => {
  const project = await theProject();
  const second = await anotherLike(await theAgent(project));
  telling.after(() => docker.getContainer(second).remove({ force: true }));
  await assertOnceEach(project, 35);
  await kill(await theAgent(project), 'kernel');
  const begun = await assertOnceEach(project, 45);
  telling.say(`${begun.length} runs`);
});

const keeping = (notes: string): string => `import { image, job, network, service, system, volume } from 'holdfast';

export default system('NAME', () => {
  const usual = { image: image('tiny', { archive: './tiny.tar' }), network: network('lan') } as const;
  job('tick', { ...usual, command: ['echo', 'a tick'], every: '1h' });
  ${notes}
});
`;

const notes = `service('notes', { ...usual, command: ['sleep', '86400'], mounts: { '/notes': volume('notes') }, stop: { grace: '1s' } });`;

story(
  'data that was named to be destroyed is there for its grace period, comes back unhurt, and goes by the agent',
  async telling => {
    const project = await telling.project({
      system: keeping(notes),
      config: `import { defineConfig, environment } from 'holdfast/config';
export default defineConfig({ environments: { local: environment({ ports: PORTS, subnets: 'SUBNETS', grace: '40s' }) } });
`,
    });
    const { name, must, write } = project;
    const volumes = async () => (await labelled(name)).volumes.length;
    await must('up', '--yes');
    await runIn(name, 'notes', 'sh', '-c', 'echo remember > /notes/kept');
    const all = await volumes();

    await write('system.ts', keeping(''));
    const { stdout: named } = await must('up', '--yes', '--destroy', 'notes');
    assert.match(named, /schedule +volume\/notes/);
    assert.match((await must('plan')).stdout, /volume notes .* stays\s+until 20/);
    await write('system.ts', keeping(notes));
    assert.match((await must('up', '--yes')).stdout, /cancel +volume\/notes/);
    assert.equal((await runIn(name, 'notes', 'cat', '/notes/kept')).trim(), 'remember');

    await write('system.ts', keeping(''));
    await must('up', '--yes', '--destroy', 'notes');
    await pause(30_000);
    assert.equal(await volumes(), all, 'not before its time');
    await until('the agent took it', async () => (await volumes()) === all - 1, 120_000);
    const { stdout: told } = await must('journal', '--kind', 'destruction.done');
    assert.match(told, /volume\/notes/);
    assert.match((await must('plan')).stdout, /no changes/i);
  },
);

await tellAll();
