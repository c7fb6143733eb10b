import { docker, labelled } from '../../scenarios/harness.ts';
import { project } from '../../scenarios/support/project.ts';
import { type Measured, measure, median, report } from './measure.ts';

const count = 200;

const system = `import { image, network, service, system } from 'holdfast';

export default system('NAME', () => {
  const tiny = image('tiny', { archive: './tiny.tar' });
  const lan = network('lan');
  for (let group = 0; group < 20; group += 1)
    service('group-' + group, { image: tiny, network: lan, replicas: ${count / 20}, command: ['sleep', '1000000'], stop: { grace: '1s' }, limits: { memory: '16MB' } });
});
`;

/**
 * A no-op `up` of 200 running containers, beside what the engine itself needs to be asked: a list, and 200 inspects
 * in parallel. Then each kind of drift is made by hand, and a plan has to name it.
 */
export async function liveSystem(cli: readonly string[]): Promise<void> {
  const live = await project({ system });
  try {
    await live.must('up', '--yes');
    const ours = await median(3, () =>
      measure([...cli, 'up', '--yes'], { cwd: live.folder, env: { XDG_STATE_HOME: `${live.folder}/.state` } }),
    );
    const peer = await median(3, asked);
    report('engine', {
      case: 'live-200',
      ours: ours.seconds,
      peer: peer.seconds,
      peerName: 'list and 200 inspects in parallel, by the Engine API',
      unit: 's',
    });
    await everyDriftIsSeen(live.name, async () => (await live.must('plan')).stdout);
  } finally {
    await live.remove();
  }
}

async function asked(): Promise<Measured> {
  const since = performance.now();
  const found = await docker.listContainers({ all: true });
  await Promise.all(found.map(({ Id }) => docker.getContainer(Id).inspect()));
  return { seconds: (performance.now() - since) / 1000, megabytes: 0 };
}

const drifts: readonly (readonly [word: string, make: (id: string) => Promise<unknown>])[] = [
  ['exited', id => docker.getContainer(id).stop({ t: 0 })],
  ['memory limit', id => docker.getContainer(id).update({ Memory: 32_000_000, MemorySwap: 32_000_000 })],
  ['restart policy', id => docker.getContainer(id).update({ RestartPolicy: { Name: 'no' } })],
  ['name', id => docker.getContainer(id).rename({ name: `by-hand-${id.slice(0, 12)}` })],
  ['create', id => docker.getContainer(id).remove({ force: true })],
];

async function everyDriftIsSeen(name: string, plan: () => Promise<string>): Promise<void> {
  const { containers } = await labelled(name);
  for (const [index, [, make]] of drifts.entries()) await make(containers[index * 7]?.Id ?? '');
  const text = await plan();
  const unseen = drifts.filter(([word]) => !text.includes(word)).map(([word]) => word);
  if (unseen.length > 0) throw new Error(`a plan of ${count} containers does not say: ${unseen.join(', ')}\n${text}`);
}
