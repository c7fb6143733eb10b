/** A secret that was delivered is there again after whatever stops what runs: its process, its engine, the machine. Needs root. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type Docker from 'dockerode';
import { type Project, story, tellAll } from './harness.ts';
import { type BoxedEngine, boxedEngine } from './support/bake/boxed-engine.ts';

const system = `import { image, network, secret, service, system } from 'holdfast';

export default system('NAME', () => {
  const tiny = image('tiny', { archive: 'tiny.tar' });
  const key = secret('key', { generate: 32 });
  const run = { image: tiny, network: network('lan'), command: ['sleep', '86400'], stop: { grace: '1s' } } as const;
  service('web', { ...run, user: '1000:1000', files: { '/run/secrets/key': key, '/etc/own.conf': key } });
  service('strict', { ...run, readOnly: true, files: { '/run/secrets/key': key, '/etc/shop/own.conf': key } });
});
`;

const paths: Readonly<Record<string, readonly string[]>> = {
  web: ['/run/secrets/key', '/etc/own.conf'],
  strict: ['/run/secrets/key', '/etc/shop/own.conf'],
};

story('a secret survives a restart of its container, its engine and its machine', async telling => {
  const project = await telling.project({ system });
  const engine = await boxedEngine(telling);
  const { must } = project.given(engine.env);
  await must('up', '--yes');
  const value = await delivered(project, engine);
  const { stdout } = await must('secret', 'show', 'key', '--reveal', '--yes');
  assert.equal(value, stdout);

  const each = async (work: (id: string) => Promise<unknown>): Promise<void> => {
    for (const { Id } of await containers(project, engine)) await work(Id);
  };
  const stops: Readonly<Record<string, () => Promise<void>>> = {
    'docker restart': () => each(id => engine.docker.getContainer(id).restart({ t: 0 })),
    'kill -9 and the restart policy': () => each(id => said(engine, id, 'kill -9 -1').catch(() => undefined)),
    'a power cut': () => engine.cutPower(),
  };
  for (const [what, stop] of Object.entries(stops)) {
    const before = await startsOf(project, engine);
    await stop();
    await allStartedAgain(project, engine, before);
    assert.equal(await delivered(project, engine), value, what);
  }
  assert.match((await must('plan')).stdout, /no changes/i);
  telling.say('the same value after docker restart, kill -9 and its restart policy, and a power cut');
});

const containers = ({ name }: Project, { docker }: BoxedEngine): Promise<readonly Docker.ContainerInfo[]> =>
  docker.listContainers({ all: true, filters: { label: [`holdfast.system=${name}`] } });

/** When each container that runs was started, by its id. */
async function startsOf(project: Project, engine: BoxedEngine): Promise<ReadonlyMap<string, string>> {
  const all = await containers(project, engine);
  const seen = await Promise.all(all.map(({ Id }) => engine.docker.getContainer(Id).inspect()));
  return new Map(seen.filter(({ State }) => State.Running).map(({ Id, State }) => [Id, State.StartedAt]));
}

async function allStartedAgain(
  project: Project,
  engine: BoxedEngine,
  before: ReadonlyMap<string, string>,
): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const now = await startsOf(project, engine);
    if ([...before].every(([id, at]) => now.has(id) && now.get(id) !== at)) return;
    await pause(200);
  }
  assert.fail('the containers did not come back');
}

/** The one value that all files of all instances hold. */
async function delivered(project: Project, engine: BoxedEngine): Promise<string> {
  const found = new Set<string>();
  for (const { Id, Labels } of await containers(project, engine)) {
    const service = (Labels['holdfast.born-as'] ?? '').replace(/^instance\/(.*)\.\d+$/, '$1');
    for (const path of paths[service] ?? []) found.add(await said(engine, Id, `cat ${path}`));
    assert.match(await said(engine, Id, 'echo x >/run/secrets/key'), /Read-only file system|Permission denied/);
  }
  const [value, ...others] = found;
  assert.ok(value && others.length === 0, 'all files hold one and the same');
  return value;
}

async function said({ docker }: BoxedEngine, id: string, command: string): Promise<string> {
  const container = docker.getContainer(id);
  const exec = await container.exec({ Cmd: ['sh', '-c', command], AttachStdout: true, AttachStderr: true, Tty: true });
  const stream = await exec.start({ Tty: true });
  return Buffer.concat(await stream.toArray())
    .toString()
    .trim();
}

await tellAll();
