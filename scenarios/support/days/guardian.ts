/** Bad days of the guardian: killed at its steps, two at once, an old primary that does not wait for it or is gone. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { docker, type Telling } from '../../harness.ts';
import { anotherLike, theAgent } from '../agents.ts';
import { type Member, psql, running, until, untilOtherLeads } from '../cluster/cluster.ts';
import { kill } from '../faults/kill.ts';
import { aStandby, type Ground, theGround, underWriters } from './ground.ts';

/** In the order in which they are taken. */
export const guardianSteps = [
  'claim',
  'fence',
  'depose',
  'take-address',
  'give-address-back',
  'ask',
  'start',
  'release',
] as const;

/** Resolves when a container has said something from now on. It says a step before it takes it. */
async function hasSaid(id: string, words: RegExp): Promise<void> {
  const since = Math.floor(Date.now() / 1_000);
  const said = await docker.getContainer(id).logs({ follow: true, stdout: true, stderr: true, since });
  let text = '';
  for await (const piece of said) {
    text += piece;
    if (words.test(text)) return;
  }
  throw new Error(`it ended before it said ${words}:\n${text}`);
}

export async function killedAt(telling: Telling, step: string): Promise<void> {
  const ground = await theGround();
  await underWriters(telling, ground, async primary => {
    const agent = await theAgent(ground.project);
    if (step === 'fence') await letComeBack(primary);
    const taken = hasSaid(agent, new RegExp(`\\b${step}\\b`));
    await kill(primary.id, 'engine');
    await taken;
    await kill(agent, 'kernel');
    await untilOtherLeads(ground.cluster, primary, 60);
  });
  await nothingIsLeft(ground);
}

/** As a hand does that knows no better: the engine would start it again, had the engine not been told to kill it. */
const letComeBack = ({ id }: Member): Promise<unknown> =>
  docker.getContainer(id).update({ RestartPolicy: { Name: 'always' } });

/** Nobody is where the database lives but who belongs to it: addresses of dead members that were held are given back. */
async function nothingIsLeft({ cluster }: Ground, missing = 0): Promise<void> {
  const [one] = await running(cluster, cluster.members);
  await until('all addresses are given back', 60, async () => {
    const { Containers } = await docker.getNetwork(await networkOf(one?.id ?? '')).inspect();
    const held = Object.values(Containers ?? {}) as { Name: string }[];
    return held.length === cluster.members.length - missing + cluster.etcd.length + 1;
  });
}

async function networkOf(id: string): Promise<string> {
  const { NetworkSettings } = await docker.getContainer(id).inspect();
  return Object.values(NetworkSettings.Networks)[0]?.NetworkID ?? '';
}

const timelineOf = async ({ id }: Member): Promise<number> =>
  Number(await psql(id, 'select timeline_id from pg_control_checkpoint()'));

export async function twoAtOnce(telling: Telling): Promise<void> {
  const ground = await theGround();
  const second = await anotherLike(await theAgent(ground.project));
  telling.after(() => docker.getContainer(second).remove({ force: true }));
  await underWriters(telling, ground, async primary => {
    const before = await timelineOf(primary);
    await kill(primary.id, 'engine');
    const next = await untilOtherLeads(ground.cluster, primary, 60);
    await psql(next.id, 'checkpoint');
    assert.equal(await timelineOf(next), before + 1, 'it was taken over once');
  });
  await nothingIsLeft(ground);
}

export async function theOldOneComesBack(telling: Telling, milliseconds: number): Promise<void> {
  const ground = await theGround();
  await underWriters(telling, ground, async primary => {
    await kill(primary.id, 'engine');
    await sleep(milliseconds);
    const said = await docker
      .getContainer(primary.id)
      .start()
      .then(
        () => 'started',
        ({ message }) => message as string,
      );
    assert.match(said, /started|already|address/i, 'it is started, or its address is held meanwhile');
    telling.say(`by hand after ${milliseconds} ms: ${said.slice(0, 80)}`);
  });
  await nothingIsLeft(ground);
}

/** Nothing is left of it that could be found dead. The next `up` makes another member of that name. */
export async function thePrimaryIsRemoved(telling: Telling): Promise<void> {
  const ground = await theGround();
  const { outage } = await underWriters(telling, ground, async (primary, writers) => {
    await docker.getContainer(primary.id).remove({ force: true });
    await untilOtherLeads(ground.cluster, primary, 60);
    await writers.untilAcknowledged(60);
    await nothingIsLeft(ground, 1);
    await ground.project.must('up', '--yes');
  });
  assert.ok(outage < 10, `another one leads before the lead of the removed one runs out: ${outage.toFixed(1)} s`);
}

export async function aStandbyRejoins(telling: Telling): Promise<void> {
  const ground = await theGround();
  await underWriters(telling, ground, async primary => {
    const { id } = await aStandby(ground.cluster);
    await kill(id, 'engine');
    await until('it is started again', 60, async () => (await docker.getContainer(id).inspect()).State.Running);
    await kill(primary.id, 'engine');
    await untilOtherLeads(ground.cluster, primary, 90);
  });
}
