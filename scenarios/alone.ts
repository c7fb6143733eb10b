/** What runs carries who it is: without its journal, beside another environment, and when a saved plan is overtaken. */
import assert from 'node:assert/strict';
import { glob, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { docker, labelled, type Project, story, tellAll } from './harness.ts';
import { containersOf, runIn, runInContainer, startsOf } from './support/containers.ts';
import { ask } from './support/load.ts';
import { smallProject, smallSystem } from './support/small.ts';

story('the journal of what runs is deleted, and nothing changes', async telling => {
  const project = await smallProject(telling);
  const { name, folder, must } = project;
  await must('up', '--yes');
  await runIn(name, 'notes', 'sh', '-c', 'echo remember >/notes/it');
  const before = await startsOf(name);
  assert.ok((await deleteJournal(folder)) > 0, 'there was a journal');

  assert.match((await must('plan')).stdout, /no changes/i);
  await must('up', '--yes');
  assert.deepEqual(await startsOf(name), before, 'the same containers, started at the same time');
  assert.equal(await runIn(name, 'notes', 'cat', '/notes/it'), 'remember');

  const facts = await factsOf(project);
  assert.deepEqual(kindsOf(facts, 'release.'), ['release.begun', 'release.ended'], 'a new release');
  assert.deepEqual(kindsOf(facts, 'step.'), [], 'with nothing to do');
  assert.match((await must('plan')).stdout, /no changes/i);
});

const twoEnvironments = `import { defineConfig, environment } from 'holdfast/config';

export default defineConfig({
  environments: {
    one: environment({ ports: PORTS, domain: 'one.NAME.localhost' }),
    other: environment({ ports: PORTS - 10_000, domain: 'other.NAME.localhost' }),
  },
});
`;

story('two environments of a system live side by side and never touch each other', async telling => {
  const { name, ports, must, write } = await smallProject(telling, { config: twoEnvironments });
  await Promise.all(['one', 'other'].map(environment => must('up', '--yes', '--env', environment)));
  await write('system.ts', smallSystem.replace("'one'", "'two'"));
  const other = await everythingOf(name, 'other');
  assert.deepEqual(shared(await everythingOf(name, 'one'), other), []);

  await must('up', '--yes', '--env', 'one');
  const hello = (environment: string, port: number) =>
    ask({ port, host: `${environment}.${name}.localhost` }, 'GET', '/');
  assert.equal(await hello('one', ports), 'two');
  assert.deepEqual(await everythingOf(name, 'other'), other, 'after a change of its neighbour');

  await must('down', '--data', '--confirm', 'one', '--yes', '--env', 'one');
  assert.deepEqual(Object.keys(await everythingOf(name, 'one')), []);
  assert.deepEqual(await everythingOf(name, 'other'), other, 'after its neighbour has gone');
});

story('a saved plan is applied exactly as it was seen', async telling => {
  const project = await smallProject(telling);
  const { name, folder, must, write } = project;
  await must('up', '--yes');
  await write('system.ts', smallSystem.replace("'one'", "'two'"));
  const { stdout } = await must('plan', '--out', 'saved.plan');
  assert.match(stdout, /web/);
  await write('system.ts', smallSystem.replace("'one'", "'three'"));

  await must('up', '--plan', 'saved.plan', '--yes');
  assert.equal(await runInFirstWeb(name), 'two', 'not what the file says by now');
  const planned = await readFile(join(folder, 'saved.plan'), 'utf8');
  for (const web of await containersOf(name, { service: 'web' })) assert.ok(planned.includes(web.name), web.name);
});

story('a saved plan that was overtaken is refused, and nothing is done', async telling => {
  const project = await smallProject(telling);
  const { name, must, write } = project;
  await must('up', '--yes');
  await write('system.ts', smallSystem.replace("'one'", "'two'"));
  await must('plan', '--out', 'by-up.plan');
  await write('system.ts', smallSystem.replace("'one'", "'three'"));
  await must('up', '--yes');
  await isRefused(project, 'by-up.plan');

  await write('system.ts', smallSystem.replace("'one'", "'four'"));
  await must('plan', '--out', 'by-hand.plan');
  const [web] = await containersOf(name, { service: 'web' });
  await docker.getContainer(web?.id ?? '').stop();
  await isRefused(project, 'by-hand.plan');
  assert.equal((await project.holdfast('up', '--plan', 'none.plan', '--yes')).code, 2, 'one that is not there');
});

story('down keeps the data, and the next up finds it', async telling => {
  const { name, must } = await smallProject(telling);
  await must('up', '--yes');
  await runIn(name, 'notes', 'sh', '-c', 'echo remember >/notes/it');
  await must('down', '--yes');
  const left = await labelled(name);
  assert.deepEqual([left.containers, left.networks, left.images].flat(), []);
  assert.equal(left.volumes.length, 1);
  await must('up', '--yes');
  assert.equal(await runIn(name, 'notes', 'cat', '/notes/it'), 'remember');
});

async function deleteJournal(folder: string): Promise<number> {
  const files = await Array.fromAsync(glob('.holdfast/*/journal.db*', { cwd: folder }));
  for (const file of files) await rm(join(folder, file));
  return files.length;
}

async function factsOf({ must }: Project): Promise<readonly { readonly kind: string }[]> {
  const { stdout } = await must('journal', '--json');
  return stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
}

const kindsOf = (facts: readonly { readonly kind: string }[], prefix: string): readonly string[] =>
  facts.map(({ kind }) => kind).filter(kind => kind.startsWith(prefix));

/** All that the engine says of what an environment has, by what it is called. */
async function everythingOf(system: string, environment: string): Promise<Readonly<Record<string, unknown>>> {
  const { containers, networks, volumes, images } = await labelled(system);
  const isOf = ({ Labels }: { Labels?: Record<string, string> | undefined }): boolean =>
    Labels?.['holdfast.environment'] === environment;
  const all = await Promise.all([
    ...containers.filter(isOf).map(({ Id }) => docker.getContainer(Id).inspect()),
    ...networks.filter(isOf).map(({ Id }) => docker.getNetwork(Id).inspect()),
    ...images.filter(isOf).map(({ Id }) => docker.getImage(Id).inspect()),
  ]);
  return Object.fromEntries([...all.map(one => [one.Id, one]), ...volumes.filter(isOf).map(one => [one.Name, one])]);
}

/** Names, addresses and host ports that two environments both have. Settings have names too, and are left out. */
function shared(...both: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  const telling = /"(?:Id|Name|IPAddress|HostPort|Subnet|MacAddress|Source)":"([^"]+)"/g;
  const isSetting = (key: string): boolean => ['RestartPolicy', 'GraphDriver'].includes(key);
  const told = (all: unknown): string => JSON.stringify(all, (key, value) => (isSetting(key) ? undefined : value));
  const [one, other] = both.map(
    all =>
      new Set(
        told(all)
          .matchAll(telling)
          .map(([, text]) => text ?? ''),
      ),
  );
  assert.ok(one && other && one.size > 10);
  return [...one.intersection(other)];
}

async function isRefused({ name, holdfast }: Project, plan: string): Promise<void> {
  const before = await startsOf(name);
  const { code, stderr } = await holdfast('up', '--plan', plan, '--yes');
  assert.equal(code, 1, stderr);
  assert.match(stderr, /overtaken/);
  assert.deepEqual(await startsOf(name), before);
}

async function runInFirstWeb(name: string): Promise<string> {
  const [web] = await containersOf(name, { service: 'web' });
  return runInContainer(web?.id ?? '', 'cat', '/srv/index.html');
}

await tellAll();
