import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PackageIndex } from '../index/package-record.ts';
import { toLocked } from './locked.ts';
import { resolve } from './resolve.ts';
import { aptLists, indexOfLists } from './testing/apt-lists.ts';
import { type AptOracle, aptOracle } from './testing/apt-oracle.ts';

const sets = [
  'minbase nginx haproxy caddy nodejs',
  'minbase postgresql-15',
  'essential redis-server python3 ca-certificates',
  'minbase openssh-server',
  'minbase default-mta mailutils',
  'minbase apache2 php-fpm mariadb-server',
  'minbase build-essential git python3-pip',
  'minbase patroni pgbackrest etcd-server knot postfix',
  'essential chromium texlive-base',
  'minbase default-jdk-headless r-base-core',
  'essential systemd-sysv cron rsyslog',
  'essential sysvinit-core libpam-elogind',
];

const above = ['nginx', 'postgresql-15', 'openssh-server', 'default-mta'];

// The archive's real packages are what apt and we must agree on. Nothing is fetched: the lists are those of this machine.
describe.skipIf(aptLists.length === 0)('apt agrees, package by package (skipped without apt and its lists)', () => {
  let apt: AptOracle;
  let index: PackageIndex;
  let answers: ReadonlyMap<string, readonly string[]>;
  const namesOf = (set: string) => index.inSet(set as 'minbase').map(({ name }) => name);

  beforeAll(async () => {
    apt = await aptOracle();
    index = indexOfLists();
    answers = await askAll(
      apt,
      sets.map(text => [text, splitSet(text, namesOf)]),
    );
  }, 300_000);
  afterAll(() => apt[Symbol.asyncDispose]());

  it.each(sets)('on %s', text => {
    const [set, ...packages] = text.split(' ');
    const records = resolve(index, { ...question, packages, set: set as 'minbase' });
    expect(records.map(({ name, version }) => `${name} ${version}`).sort()).toEqual(answers.get(text));
  });

  it('on what is to be added to a base', async () => {
    const below = resolve(index, { ...question, set: 'minbase' }).map(toLocked);
    const added = resolve(index, { ...question, packages: above, below });
    const expected = await apt.install(
      above,
      below.map(({ name, version }) => `${name}=${version}`),
    );
    expect(added.map(({ name, version }) => `${name} ${version}`).sort()).toEqual(expected);
  });
});

const question = { suite: 'bookworm', architecture: 'amd64', packages: [], below: [] } as const;

function splitSet(text: string, namesOf: (set: string) => readonly string[]): readonly string[] {
  const [set = '', ...packages] = text.split(' ');
  return [...namesOf(set), ...packages];
}

/** Two at a time: each apt takes a core for a second. The first alone, for it makes the cache that the others read. */
async function askAll(
  apt: AptOracle,
  questions: readonly (readonly [text: string, names: readonly string[]])[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const answers = new Map<string, readonly string[]>();
  const queue = questions.values();
  const ask = async ([text, names]: readonly [string, readonly string[]]) =>
    answers.set(text, await apt.install(names));
  for (const first of queue.take(1)) await ask(first);
  await Promise.all(
    [1, 2].map(async () => {
      for (const next of queue) await ask(next);
    }),
  );
  return answers;
}
