/**
 * Containers that die, hang, flood, lie or have no shell while they are checked, and checks that are killed: each fails
 * alone, with a reason, in bounded time and memory. @long
 */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Project, shared, story, tellAll } from './harness.ts';
import { hardProject } from './support/checks/hard.ts';
import { peakOf } from './support/checks/memory.ts';
import { handsOn } from './support/drift/hands.ts';
import { killAll, type Running, signalAll } from './support/run.ts';

const hard = shared(async telling => {
  const project = await hardProject(telling);
  await project.must('up', '--yes');
  return { project, hands: handsOn(project) };
});

interface Told {
  readonly sentence: string;
  readonly status: string;
  readonly found?: string;
  readonly derived?: boolean;
}

/** By service, what became of what is said of it. */
async function outcomeOf(running: Running): Promise<Readonly<Record<string, readonly Told[]>>> {
  const { stdout, stderr } = await running.ended;
  assert.ok(stdout.startsWith('{'), `${stdout}\n${stderr}`);
  const targets: { address: string; checks: { results: Told[] }[] }[] = JSON.parse(stdout).targets;
  return Object.fromEntries(
    targets.map(({ address, checks }) => [address.slice('service/'.length), checks.flatMap(({ results }) => results)]),
  );
}

/** The command lines of all that runs in a container, whoever started it. */
async function processesIn(project: Project, place: string): Promise<readonly string[]> {
  const { Processes } = await (await handsOn(project).container(place)).top();
  return (Processes as readonly (readonly string[])[]).map(row => row.at(-1) ?? '');
}

async function until(holds: () => Promise<boolean>, what: string, patience = 20_000): Promise<void> {
  for (const end = performance.now() + patience; !(await holds()); await sleep(50))
    assert.ok(performance.now() < end, `not within ${patience} ms: ${what}`);
}

const runs = (project: Project, place: string, word: string): Promise<boolean> =>
  processesIn(project, place).then(all => all.some(line => line.includes(word)));

/** What each that is not well is to say, by the beginning of its sentence. */
const reasons: Readonly<Record<string, readonly (readonly [sentence: string, status: string, found: RegExp])[]>> = {
  dies: [['`sleep 4321`', 'unknown', /^what it was run in does not run$/]],
  hangs: [
    ['`sleep 9876`', 'failed', /^it did not end within 5\.0s$/],
    ['`cat /tmp/pipe`', 'failed', /^it did not end within 5\.0s$/],
    ['/tmp/pipe', 'failed', /^nobody looked at its content$/],
  ],
  floods: [
    ['`busybox dd if=/dev/zero bs=1M count=1024`', 'unknown', /^it printed more than 64 MiB, and was stopped$/],
    ['`busybox dd if=/dev/zero bs=1M count=1024 >&2`', 'unknown', /^it printed more than 64 MiB, and was stopped$/],
    ['/dev/zero', 'failed', /^nobody looked at its content$/],
  ],
  shellless: [['`echo word | cat`', 'unknown', /^it has no shell: .*"sh": executable file not found/]],
  mumbles: [["`printf '\\377\\376\\300 word'`", 'failed', /^it prints "\ufffd+ word"$/]],
  lies: [
    ['`i=0; while', 'failed', /^it exits with 3, and says on stderr "holdfast-0 0/],
    ["`tr '\\0'", 'failed', /^it exits with 3/],
    ['`kill -9 $PPID`', 'unknown', /^the shell in it ended$/],
  ],
  one: [],
  other: [],
};

/** Starts a check, and goes on when its commands run in two containers. */
async function midway(project: Project, ...args: readonly string[]): Promise<Running> {
  const running = project.begin('check', ...args);
  await until(() => runs(project, 'dies.1', 'sleep 4321'), 'a command runs that goes on for long');
  await until(() => runs(project, 'hangs.1', 'sleep 9876'), 'and one in another container');
  return running;
}

story(
  'what dies, hangs, floods, mumbles or lies fails alone, with a reason, in bounded time and memory',
  async ({ say }) => {
    const { project, hands } = await hard();
    const running = await midway(project, '--json');
    const peak = peakOf(running);
    await (await hands.container('dies.1')).kill();
    const told = await outcomeOf(running);
    for (const [service, expected] of Object.entries(reasons)) {
      const missed = told[service]?.filter(({ status, derived }) => status !== 'passed' && !derived) ?? [];
      assert.equal(missed.length, expected.length, `${service}: ${JSON.stringify(missed)}`);
      for (const [at, [sentence, status, found]] of expected.entries()) {
        assert.ok(missed[at]?.sentence.startsWith(sentence), missed[at]?.sentence);
        assert.equal(missed[at]?.status, status, missed[at]?.sentence);
        assert.match(missed[at]?.found ?? '', found);
      }
    }
    const { code, seconds } = await running.ended;
    say(`${seconds.toFixed(1)} s, ${Math.round((await peak) / 1e6)} MB at most`);
    assert.equal(code, 1);
    assert.ok(seconds < 60);
    assert.ok((await peak) < 300_000_000);
  },
);

/** By place, all that runs. */
const processes = async (project: Project): Promise<readonly (readonly [place: string, lines: readonly string[]])[]> =>
  Promise.all(Object.keys(reasons).map(async name => [name, await processesIn(project, `${name}.1`)] as const));

for (const [what, end, ended] of [
  ['Ctrl-C', (running: Running) => signalAll(running, 'SIGINT'), { code: 130, signal: null }],
  ['kill -9', killAll, { code: null, signal: 'SIGKILL' }],
] as const)
  story(`${what} ends a check at once, leaves nothing behind, and the next one works`, async ({ say }) => {
    const { project } = await hard();
    await project.must('up', '--yes');
    const before = await processes(project);
    const running = await midway(project);
    const since = performance.now();
    end(running);
    const { code, signal } = await running.ended;
    const took = performance.now() - since;
    assert.deepEqual({ code, signal }, ended);
    assert.ok(took < 1_000, `${took} ms`);
    await until(async () => isDeepStrictEqual(await processes(project), before), 'nothing of it runs any more', 5_000);
    say(`ended after ${took.toFixed(0)} ms, and all of it was gone after ${(performance.now() - since).toFixed(0)} ms`);
    await project.must('check', 'one', 'other');
  });

await tellAll();
