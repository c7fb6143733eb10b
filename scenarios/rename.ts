/** Renames are refactorings: what runs goes on under its new name, with its data. And going back to where one was. */
import assert from 'node:assert/strict';
import { type Project, story, tellAll } from './harness.ts';
import { runIn, startsOf } from './support/containers.ts';
import { ask } from './support/load.ts';
import { smallProject, smallSystem } from './support/small.ts';

const afterwards = smallSystem
  .replace("network('lan')", "network('inside', { movedFrom: ['lan'] })")
  .replace("service('web', {", "service('site', { movedFrom: ['web'],")
  .replace("service('notes', {", "service('book', { movedFrom: ['notes'],")
  .replace("volume('notes')", "volume('pages', { movedFrom: ['notes'] })")
  .replace("edge('door', {", "edge('gate', { movedFrom: ['door'],");

story('a service, a volume, a network and an edge are renamed, and nothing stops', async telling => {
  const project = await smallProject(telling);
  const { name, must, write } = project;
  await must('up', '--yes');
  await remember(project, 'notes');
  const before = Object.values(await startsOf(name));

  await write('system.ts', afterwards);
  const { stdout: plan } = await must('plan');
  assert.doesNotMatch(plan, /\b(create|replace|destroy)/i, plan);
  await must('up', '--yes');
  assert.deepEqual(Object.values(await startsOf(name)).sort(), before.sort(), 'nothing was started anew');
  await answers(project, 'one');
  assert.equal(await recalled(project, 'book'), 'remember');
  assert.match((await must('plan')).stdout, /no changes/i);

  await write('system.ts', afterwards.replaceAll(/movedFrom: \[[^\]]*\],?/g, ''));
  assert.match((await must('plan')).stdout, /no changes/i, 'the journal remembers; the code need not for ever');
  await write('system.ts', afterwards.replace("'one'", "'two'"));
  await must('up', '--yes');
  await answers(project, 'two');
  assert.match((await must('status')).stdout, /\bsite\b/);
});

story('going back over a rename keeps the data', async telling => {
  const project = await smallProject(telling);
  const { name, must, write } = project;
  await must('up', '--yes');
  await remember(project, 'notes');
  await write('system.ts', afterwards);
  await must('up', '--yes');
  const renamed = Object.values(await startsOf(name));

  await must('rollback', '--yes');
  assert.equal(await recalled(project, 'notes'), 'remember');
  assert.deepEqual(Object.values(await startsOf(name)).sort(), renamed.sort(), 'nothing was started anew');
  await answers(project, 'one');
});

story('without a word about it, a renamed volume is new, and the old data stays', async telling => {
  const project = await smallProject(telling);
  const { must, write } = project;
  await must('up', '--yes');
  await remember(project, 'notes');
  await write('system.ts', smallSystem.replace("volume('notes')", "volume('pages')"));
  const { stdout } = await must('up', '--yes');
  assert.match(stdout, /notes/, 'the plan says that the old data is kept');
  assert.equal(await recalled(project, 'notes'), '');
  await write('system.ts', smallSystem);
  await must('up', '--yes');
  assert.equal(await recalled(project, 'notes'), 'remember');
});

story('rollback goes to the release before, or to any that is named', async telling => {
  const project = await smallProject(telling);
  const { must, write, holdfast } = project;
  await must('up', '--yes');
  const nowhere = await holdfast('rollback', '--yes');
  assert.equal(nowhere.code, 2, nowhere.stderr);
  for (const word of ['two', 'three']) {
    await write('system.ts', smallSystem.replace("'one'", `'${word}'`));
    await must('up', '--yes');
  }
  await must('rollback', '--yes');
  await answers(project, 'two');
  await must('rollback', 'r1', '--yes');
  await answers(project, 'one');
  await must('rollback', 'r3', '--yes');
  await answers(project, 'three');
  assert.equal((await holdfast('rollback', 'r99', '--yes')).code, 2);
});

const remember = ({ name }: Project, service: string): Promise<string> =>
  runIn(name, service, 'sh', '-c', 'echo remember >/notes/it');

const recalled = ({ name }: Project, service: string): Promise<string> =>
  runIn(name, service, 'sh', '-c', 'cat /notes/* 2>/dev/null || true');

async function answers({ name, ports }: Project, word: string): Promise<void> {
  assert.equal(await ask({ port: ports, host: `${name}.localhost` }, 'GET', '/'), word);
}

await tellAll();
