import { strict as assert } from 'node:assert';
import { hostname, userInfo } from 'node:os';
import { isFact, type LeaseOwner } from '../../packages/holdfast/src/journal/fact.ts';
import { leaseName } from '../../packages/holdfast/src/journal/lease-name.ts';
import { currentOwner } from '../../packages/holdfast/src/journal/owner.ts';
import { type Project, story, type Telling } from '../harness.ts';
import { type Bookcase, factsOf, until, untilFact } from './books.ts';
import { standingOf, versionsOf } from './inspected.ts';
import { type Ended, killAll, type Running, signalAll } from './run.ts';

const crowd = 10;
const expiry = 10;

const systemOf = (version: string): string => `
import { image, network, service, system } from 'holdfast';

export default system('NAME', () => {
  const lan = network('lan');
  const usual = {
    image: image('tiny', { archive: './tiny.tar' }),
    network: lan,
    command: ['sleep', '3600'],
    env: { VERSION: '${version}' },
    stop: { grace: '1s' },
  } as const;
  service('web', { ...usual, replicas: 2 });
  service('worker', usual);
});
`;

/** A story's projects, and the case that their journals are in. */
interface Shelf extends Telling {
  readonly books: Bookcase;
}

const open = ({ project, books }: Shelf, version = 'first'): Promise<Project> =>
  project({ system: systemOf(version), config: books.config() });

/** Another person's folder of the same system, with a content of its own. */
const colleague = ({ project, books }: Shelf, like: Project, version: string): Promise<Project> =>
  project({ system: systemOf(version), config: books.config(like), like });

const endsOf = (all: readonly Running[]): Promise<Ended[]> => Promise.all(all.map(({ ended }) => ended));

const textOf = ({ stdout, stderr }: Ended): string => stdout + stderr;

const assertEndedWell = (all: readonly Ended[]): void => {
  for (const ended of all) assert.equal(ended.code, 0, textOf(ended));
};

/** Who is named as the holder: `ada@laptop (…, process 4711)`. */
function holderIn(text: string): number | undefined {
  const named = new RegExp(`${userInfo().username}@${hostname()}[^\\n]*process (\\d+)`).exec(text)?.[1];
  return named === undefined ? undefined : Number(named);
}

/** In the order in which they had the lease; throws where two had it at once. */
async function holdersOf({ books: { open } }: Shelf, project: Project): Promise<readonly LeaseOwner[]> {
  await using books = await open(project);
  const holders: { owner: LeaseOwner; token: number }[] = [];
  let held = 0;
  for await (const fact of books.read({ kinds: ['lease.taken', 'lease.left'] })) {
    if (isFact(fact, 'lease.taken')) {
      assert.equal(held, 0, `${fact.payload.owner.pid} took the lease while ${held} had it`);
      assert.ok(fact.payload.token > (holders.at(-1)?.token ?? 0), 'tokens grow');
      holders.push(fact.payload);
      held = fact.payload.owner.pid;
    } else held = 0;
  }
  return holders.map(({ owner }) => owner);
}

async function tenOfOne(shelf: Shelf): Promise<void> {
  const one = await open(shelf);
  const all = Array.from({ length: crowd }, () => one.begin('up', '--yes'));
  const ended = await endsOf(all);
  assertEndedWell(ended);
  const pids = all.map(({ child }) => child.pid);
  const waited = ended.map(one => holderIn(textOf(one))).filter(pid => pid !== undefined);
  shelf.say(`${waited.length} of ${crowd} waited and named the holder`);
  assert.ok(
    waited.length >= crowd / 2,
    `only ${waited.length} of ${crowd} named a holder:\n${ended.map(textOf).join('\n')}`,
  );
  assert.ok(
    waited.every(pid => pids.includes(pid)),
    `${waited} are not all of ${pids}`,
  );
  assert.equal((await holdersOf(shelf, one)).length, crowd);
  assert.equal((await factsOf(one, 'release.begun', shelf.books.open)).length, 1);
  await one.must('journal', 'verify');
  assert.deepEqual(await versionsOf(one), ['first', 'first', 'first']);
}

async function tenOfTen(shelf: Shelf): Promise<void> {
  const first = await open(shelf, 'v0');
  const others = await Promise.all(
    Array.from({ length: crowd - 1 }, (_, index) => colleague(shelf, first, `v${index + 1}`)),
  );
  const all = [first, ...others].map(project => project.begin('up', '--yes'));
  assertEndedWell(await endsOf(all));
  const holders = await holdersOf(shelf, first);
  assert.equal(holders.length, crowd);
  const last = all.findIndex(({ child }) => child.pid === holders.at(-1)?.pid);
  assert.deepEqual(await versionsOf(first), [`v${last}`, `v${last}`, `v${last}`]);
  shelf.say(`the last of ${crowd} was v${last}`);
}

/** Starts an `up` and waits until it has begun such a step. */
async function inTheMiddle({ books: { open } }: Shelf, project: Project, op: 'ensure' | 'gate'): Promise<Running> {
  await using books = await open(project);
  const head = await books.head();
  const running = project.begin('up', '--yes');
  const over = new AbortController();
  void running.ended.then(() => over.abort());
  await untilFact(books, head, fact => isFact(fact, 'step.intended') && fact.payload.op === op, over);
  assert.equal(running.child.exitCode, null, 'it ended before it could be disturbed');
  return running;
}

async function killed(shelf: Shelf): Promise<void> {
  const one = await open(shelf);
  const doomed = await inTheMiddle(shelf, one, 'gate');
  signalAll(doomed, 'SIGSTOP'); // On a busy machine it would be done before the second one is there.
  const waiting = one.begin('up', '--yes');
  await until('the second one waits', () => holderIn(waiting.said()) === doomed.child.pid);
  const killed = Date.now();
  killAll(doomed);
  assertEndedWell(await endsOf([waiting]));
  const taken = (await factsOf(one, 'lease.taken', shelf.books.open)).at(-1);
  const seconds = (Date.parse(taken?.at ?? '') - killed) / 1_000;
  shelf.say(`taken over ${seconds.toFixed(2)} s after the kill`);
  assert.equal(taken?.payload.from?.pid, doomed.child.pid);
  assert.ok(seconds < 2, `it took ${seconds} s`);
  assert.deepEqual(await versionsOf(one), ['first', 'first', 'first']);
}

async function elsewhere(shelf: Shelf): Promise<void> {
  const one = await open(shelf);
  await one.must('up', '--yes');
  const eve = { ...currentOwner('holdfast up'), user: 'eve', host: 'another-machine', boot: 'another-boot' };
  await using books = await shelf.books.open(one);
  const name = leaseName({ system: one.name, environment: 'local' });
  const answer = await books.leases.take(name, eve, expiry * 1_000);
  assert.ok(answer.taken);
  const since = Date.now();
  const ended = await one.must('up', '--yes');
  assert.match(textOf(ended), new RegExp(`eve@another-machine.*process ${process.pid}`));
  const taken = (await factsOf(one, 'lease.taken', shelf.books.open)).at(-1);
  const seconds = (Date.parse(taken?.at ?? '') - since) / 1_000;
  shelf.say(`taken over after ${seconds.toFixed(1)} s of an expiry of ${expiry} s`);
  assert.equal(taken?.payload.from?.host, 'another-machine');
  assert.ok(seconds > expiry - 0.5 && seconds < expiry + 2, `it took ${seconds} s`);
}

async function slept(shelf: Shelf, op: 'ensure' | 'gate'): Promise<void> {
  const one = await open(shelf, 'v1');
  await one.must('up', '--yes');
  await one.write('system.ts', systemOf('v2'));
  const sleeper = await inTheMiddle(shelf, one, op);
  signalAll(sleeper, 'SIGSTOP');
  const slept = Date.now();
  const other = await (await colleague(shelf, one, 'v3')).must('up', '--yes');
  const taken = (await factsOf(one, 'lease.taken', shelf.books.open)).at(-1);
  const seconds = (Date.parse(taken?.at ?? '') - slept) / 1_000;
  shelf.say(`taken over after ${seconds.toFixed(1)} s of sleep`);
  assert.equal(holderIn(textOf(other)), sleeper.child.pid);
  assert.ok(seconds < expiry + 2, `it took ${seconds} s`);
  const before = await standingOf(one);
  signalAll(sleeper, 'SIGCONT');
  const woken = await sleeper.ended;
  assert.ok(woken.code !== 0 && woken.code !== null, textOf(woken));
  assert.match(textOf(woken), /no longer ours/);
  assert.deepEqual(await standingOf(one), before);
  assert.deepEqual(await versionsOf(one), ['v3', 'v3', 'v3']);
}

/** Adds the stories of projects whose journals are in such a case. */
export function tellOfLeases(bookcase: () => Promise<Bookcase>): void {
  const add = (sentence: string, tell: (shelf: Shelf) => Promise<void>): void =>
    story(sentence, async telling => tell({ ...telling, books: await bookcase() }));
  add('ten ups of the same system at once: one at a time, each ends well, and those who wait say for whom', tenOfOne);
  add('ten ups of ten contents at once: each ends well, and the last one’s stands whole', tenOfTen);
  add('one is killed with -9 while it holds the lease: who waits takes over at once', killed);
  add(
    'a holder on another machine that gives no sign of life: it is named, and taken over from when its time is up',
    elsewhere,
  );
  for (const [op, when] of [
    ['ensure', 'while it made a container'],
    ['gate', 'while it waited for one'],
  ] as const)
    add(`a holder that slept through its lease ${when}: awake, it has no further effect and says so`, shelf =>
      slept(shelf, op),
    );
}
