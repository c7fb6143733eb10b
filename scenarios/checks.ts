/** What was checked is what others rely on: broken as soon as what runs is, stale when it was of something else. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, type TestSuites } from 'junit2json';
import { type Ended, labelled, type Project, shared, story, tellAll } from './harness.ts';
import { boldSystem, signedUntil } from './support/checks/bold.ts';
import { breaks } from './support/checks/breaks.ts';
import { daysLater } from './support/checks/days-later.ts';
import { pagesProject, paperOf } from './support/checks/pages.ts';
import { handsOn } from './support/drift/hands.ts';

const pages = shared(async telling => {
  const project = await pagesProject(telling);
  await project.must('up', '--yes');
  return { project, hands: handsOn(project) };
});

/** The statuses of both promises, the page's first; and that their verb ends as they say. */
async function promises({ holdfast }: Pick<Project, 'holdfast'>): Promise<readonly string[]> {
  const { code, stdout } = await holdfast('promise', '--json');
  const statuses = JSON.parse(stdout).promises.map(({ status }: { status: string }) => status);
  assert.equal(code, statuses.includes('broken') ? 1 : 0);
  return statuses;
}

const inOneLine = ({ stdout }: Ended): string => stdout.replace(/\s+/g, ' ');

/** The newest fact that a check left. */
async function newestRun(project: Project): Promise<{ readonly seq: number; readonly at: string }> {
  const { stdout } = await project.must('journal', '--kind', 'check.ran', '--json');
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

story('a promise that nothing showed is unproven, and kept when its checks have passed', async () => {
  const { project } = await pages();
  assert.deepEqual(await promises(project), ['unproven', 'unproven']);
  assert.match((await project.must('check')).stdout, /7 sentences: 7 hold/);
  assert.deepEqual(await promises(project), ['kept', 'kept']);
});

for (const one of breaks)
  story(`broken by hand: ${one.sentence}`, async ({ say }) => {
    const { project, hands } = await pages();
    await one.act(hands);
    const checked = await project.holdfast('check');
    assert.equal(checked.code, 1, checked.stdout);
    const [told] = one.says.exec(inOneLine(checked)) ?? [];
    assert.ok(told, checked.stdout);
    say(told);
    const explained = await project.holdfast('promise', 'explain', one.promise);
    assert.equal(explained.code, 1, explained.stdout);
    assert.match(explained.stdout, new RegExp(`^✗ broken  ${one.promise}\n`));
    assert.match(inOneLine(explained), /fact \d+ of [\dTZ:.-]{24} by \S+, on \w+ \w+:[0-9a-f]{64} /);
    assert.match(inOneLine(explained), /fresh again by mending it, and then holdfast check \w+/);
    await one.mend(hands);
  });

story('what was mended is kept again as soon as it was checked, by a fact that the journal has', async () => {
  const { project } = await pages();
  assert.notDeepEqual(await promises(project), ['kept', 'kept'], 'nobody has looked yet');
  await project.must('check');
  assert.deepEqual(await promises(project), ['kept', 'kept']);
  const { seq, at } = await newestRun(project);
  const { stdout } = await project.must('promise', 'explain', 'notes are kept');
  assert.match(stdout, new RegExp(`fact ${seq} of ${at}`));
});

story('another image makes stale what was shown of the old one, and nothing else', async ({ say }) => {
  const { project } = await pages();
  await paperOf(project, 'paper of tomorrow');
  await project.must('up', '--yes');
  assert.deepEqual(await promises(project), ['kept', 'stale']);
  const { stdout } = await project.must('promise', 'explain', 'notes are kept');
  say(
    stdout
      .split('\n')
      .find(line => line.includes('paper'))
      ?.trim() ?? '',
  );
  assert.match(stdout.replace(/\s+/g, ' '), /fresh again by holdfast check notes/);
  await project.must('check', 'notes');
  assert.deepEqual(await promises(project), ['kept', 'kept']);
});

story('what is to be shown daily is stale after two days, and what may be of any age is not', async () => {
  const { project } = await pages();
  assert.deepEqual(await promises(project.given(daysLater(2))), ['stale', 'kept']);
  const { stdout } = await project.given(daysLater(2)).must('promise', 'explain', 'a visitor reads the page');
  assert.match(stdout, /^~ stale /);
  assert.match(stdout, /fresh again by holdfast check web/);
});

story('one run fails in the words of a CI: JUnit in a file, GitHub beside the line that says it', async ({ say }) => {
  const { project, hands } = await pages();
  const [first] = breaks;
  await first?.act(hands);
  const junit = await project.holdfast('check', '--format', 'junit', '--out', 'checks.xml');
  assert.equal(junit.code, 1);
  assert.match(junit.stdout, /What does not hold/, 'and the page beside it');
  const suites = (await parse(await readFile(join(project.folder, 'checks.xml'), 'utf8'))) as TestSuites;
  const cases = (suites.testsuite ?? []).flatMap(({ testcase = [] }) => testcase);
  const failed = cases.filter(({ failure }) => failure);
  assert.deepEqual(
    failed.map(({ name }) => name),
    ['/srv/index.html has mode 0444'],
  );
  assert.match(JSON.stringify(failed), /web\.1: mode 0666/);

  const summary = join(project.folder, 'summary.md');
  const github = await project.given({ GITHUB_STEP_SUMMARY: summary }).holdfast('check', '--format', 'github');
  await first?.mend(hands);
  assert.equal(github.code, 1);
  const lines = github.stdout.trim().split('\n');
  assert.equal(lines.length, 1, github.stdout);
  assert.match(
    lines[0] ?? '',
    /^::error file=system\.ts,line=\d+,col=\d+,title=service.*has mode 0444::.*%0Afound: web\.1: mode 0666%0A/,
  );
  say(lines[0] ?? '');
  assert.match(await readFile(summary, 'utf8'), /has mode 0444/);
});

story('a promise above its bound goes nowhere until somebody signs for it', async telling => {
  const project = await telling.project({ system: boldSystem('') });
  for (const verb of [['plan'], ['up', '--yes']]) {
    const { code, stderr } = await project.holdfast(...verb);
    assert.equal(code, 2, stderr);
    const words = stderr.replace(/\s+/g, ' ');
    telling.say(words);
    assert.match(words, /99\.95%/);
    assert.match(words, /99\.9%/);
    assert.match(words, /0\.05/);
    assert.match(words, /bank/);
  }
  assert.deepEqual((await labelled(project.name)).containers, []);

  await project.write('system.ts', boldSystem(signedUntil('2020-01-31')));
  const lapsed = await project.holdfast('plan');
  assert.equal(lapsed.code, 2);
  assert.match(lapsed.stderr, /accepts a risk until 2020-01-31, which is over/);

  await project.write('system.ts', boldSystem(signedUntil('2999-12-31')));
  await project.must('up', '--yes');
  assert.match((await project.must('promise')).stdout, /a risk that ada@shop\.example signed until 2999-12-31/);
});

await tellAll();
