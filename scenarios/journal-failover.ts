/**
 * A journal is in a database that Holdfast itself declares, with standbys: 8 processes append at once, its primary is killed under
 * them, and people bring up what the journal is of meanwhile. @long
 */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { postgresGround } from '../packages/holdfast/src/journal/postgres/testing/ground.ts';
import { option, shared, story, type Telling, tellAll } from './harness.ts';
import { configWithJournal } from './support/books.ts';
import { untilOtherLeads, untilWhole } from './support/cluster/cluster.ts';
import { type Ground, theGround } from './support/days/ground.ts';
import { ask } from './support/ledger/writers.ts';
import { docker } from './support/project.ts';
import { smallProject } from './support/small.ts';
import { assertOneChain, beginWriting, rateOf, untilWritten } from './support/writers.ts';

const facts = Number(option('facts') ?? 100_000);

/** The URL of the database, as a laptop beside it would have it. */
const urlOf = shared(async (): Promise<(more: string) => string> => {
  const { cluster, project } = await theGround();
  const { user, password, authority, host, port, database } = cluster.door;
  const file = join(project.folder, 'authority.pem');
  await writeFile(file, authority);
  return more =>
    `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}?sslmode=verify-ca&sslrootcert=${file}&${more}`;
});

/** So many facts by 8 processes, while something is done. All that was acknowledged is there, once, in one whole chain. */
async function written(
  telling: Telling,
  count: number,
  meanwhile: (ground: Ground) => Promise<unknown>,
): Promise<void> {
  const [declared, url] = [await theGround(), await urlOf()];
  await untilWhole(declared.cluster, 120);
  await using ground = await postgresGround({
    url: (_, more = '') => url(more.replace('?', '')),
    query: sql => ask(declared.cluster.door, sql),
  });
  await (await ground.journal())[Symbol.asyncDispose]();
  const writers = beginWriting(ground, 8, count);
  await writers[0]?.hasSaid(1);
  await meanwhile(declared);
  await untilWritten(writers);
  await using journal = await ground.journal();
  await assertOneChain(journal, writers, count);
  telling.say(`${await rateOf(journal, count)}, each of them there once`);
}

story(`8 processes append ${facts} facts at once: one whole chain`, telling => written(telling, facts, async () => {}));

story(
  'its primary is killed with -9 under 8 writers, twice: nothing acknowledged is lost, nothing is there twice',
  telling =>
    written(telling, facts, async ({ cluster }) => {
      for (let kill = 1; kill <= 2; kill++) {
        await sleep(1_000);
        const primary = await untilWhole(cluster, 120);
        const since = performance.now();
        await docker.getContainer(primary.id).kill();
        const next = await untilOtherLeads(cluster, primary, 60);
        telling.say(
          `${next.name} leads ${((performance.now() - since) / 1_000).toFixed(1)} s after ${primary.name} died`,
        );
      }
    }),
);

story('two people bring up a system whose journal is there, while its primary is killed', async telling => {
  const { cluster } = await theGround();
  const config = configWithJournal((await urlOf())('schema=NAME'));
  const ada = await smallProject(telling, { config });
  const linus = await smallProject(telling, { config, like: ada });
  const primary = await untilWhole(cluster, 120);
  const ups = [ada, linus].map(person => person.holdfast('up', '--yes'));
  await sleep(1_500);
  await docker.getContainer(primary.id).kill();
  for (const { code, stderr } of await Promise.all(ups)) assert.equal(code, 0, stderr);
  await untilOtherLeads(cluster, primary, 60);
  assert.match((await linus.must('plan')).stdout, /no changes/i);
  assert.match((await ada.must('journal', 'verify')).stdout, /whole/);
});

await tellAll();
