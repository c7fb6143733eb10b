/**
 * A database is declared with more standbys and with fewer, and keeps what is in it; between one server and a cluster it does
 * not move, and is never begun anew unasked. @long
 */
import assert from 'node:assert/strict';
import { type Project, story, type Telling, tellAll } from './harness.ts';
import { type Cluster, leaders, psql, running, untilWhole } from './support/cluster/cluster.ts';
import { declaredCluster, declaring, doorOf } from './support/cluster/declared.ts';
import { runInContainer } from './support/containers.ts';
import { ask } from './support/ledger/writers.ts';

const system = (standbys: number): string => declaring().replace('standbys: 2', `standbys: ${standbys}`);

async function declared(telling: Telling, standbys: number): Promise<Project> {
  const project = await telling.project({ system: system(standbys) });
  await project.must('up', '--yes');
  return project;
}

/** Declares it so, and brings that about. */
async function becomes(project: Project, standbys: number, ...options: readonly string[]): Promise<void> {
  await project.write('system.ts', system(standbys));
  await project.must('up', '--yes', ...options);
  assert.match((await project.must('plan')).stdout, /no changes/i);
}

async function clusterOf({ name }: Project, standbys: number): Promise<Cluster> {
  const members = Array.from({ length: standbys + 1 }, (_, at) => `db-${at + 1}`);
  return { ...(await declaredCluster(name)), members };
}

const fill = 'create table kept as select g as id, md5(g::text) as words from generate_series(1, 10000) g';
const digest = "select count(*) || ' ' || md5(string_agg(words, ',' order by id)) as is from kept";

async function contentOf({ name }: Project): Promise<string> {
  const { rows } = await ask(await doorOf(name), digest);
  return rows[0].is;
}

story('with another standby, and without the one that leads, it keeps what is in it', async telling => {
  const project = await declared(telling, 1);
  await ask(await doorOf(project.name), fill);
  const before = await contentOf(project);

  await becomes(project, 2);
  const grown = await clusterOf(project, 2);
  await untilWhole(grown, 60);
  assert.equal(await contentOf(project), before);
  await project.must('check');

  await leadsAtLast(grown, 'db-3');
  await becomes(project, 1);
  const shrunk = await clusterOf(project, 1);
  const leader = await untilWhole(shrunk, 60);
  assert.equal(await contentOf(project), before);
  await project.must('check');
  assert.equal(
    await psql(leader.id, 'select count(*) from pg_replication_slots where not active'),
    '0',
    'WAL is kept for nobody',
  );
  telling.say(`${leader.name} leads, where db-3 led and went`);
});

/** Each that leads hands over to the one in step, until it is this one's turn. */
async function leadsAtLast(cluster: Cluster, name: string): Promise<void> {
  for (let tries = 0; tries < 10; tries++) {
    const leader = await untilWhole(cluster, 120);
    if (leader.name === name) return;
    await runInContainer(leader.id, ...cluster.leave(leader));
  }
  assert.fail(`${name} never led: ${(await leaders(cluster)).map(one => one.name)} does`);
}

story('where it would begin empty or go back it is refused, and does so only where that is said', async telling => {
  const project = await declared(telling, 0);
  await ask(await doorOf(project.name), fill);
  const before = await contentOf(project);

  assert.equal(await refusal(project, 1), '--destroy db');
  assert.equal(await contentOf(project), before);
  await goesBack(project);
  assert.equal(await contentOf(project), before, 'a release that names data and goes back has named it in vain');
  await becomes(project, 1, '--destroy', 'db');
  await ask(await doorOf(project.name), `${fill}; create table of_the_cluster ()`);

  const destroy = await refusal(project, 0);
  assert.equal(destroy, '--destroy db-1 db-2 db-etcd-1 db-etcd-2 db-etcd-3');
  assert.equal(await contentOf(project), before);
  await becomes(project, 0, ...destroy.split(' '));
  assert.equal(await contentOf(project), before, 'what was in it before, which was still there');
  const { rows } = await ask(await doorOf(project.name), "select to_regclass('of_the_cluster') as is");
  assert.equal(rows[0].is, null);
  assert.equal((await running(await clusterOf(project, 1), ['db-1', 'db-2'])).length, 0);
});

/** It declares a cluster beside something that never runs, and is let have the data for it. */
async function goesBack(project: Project): Promise<void> {
  const bad =
    "service('bad', { image: image('bad', { archive: './tiny.tar' }), network: lan, command: ['false'] });\n});";
  await project.write('system.ts', system(1).replace(/\}\);\n$/, `${bad}\n`));
  const { code, stdout, stderr } = await project.holdfast('up', '--yes', '--destroy', 'db');
  assert.equal(code, 1, stdout + stderr);
  assert.match(stdout + stderr, /the whole release went back/);
  await project.write('system.ts', system(0));
  const { stdout: plan } = await project.must('plan');
  assert.doesNotMatch(plan, /volume db is no longer declared|schedule/);
}

/** What it says is to be said where the data may be lost. */
async function refusal(project: Project, standbys: number): Promise<string> {
  await project.write('system.ts', system(standbys));
  const { code, stderr } = await project.holdfast('up', '--yes');
  assert.equal(code, 2, stderr);
  assert.match(stderr, /postgres "db" would (begin empty|go back to what was) in db/);
  return /--destroy .*/.exec(stderr)?.[0] ?? '';
}

await tellAll();
