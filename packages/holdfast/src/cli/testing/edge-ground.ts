import { setTimeout as sleep } from 'node:timers/promises';
import { randomId } from '../../kit/id.ts';
import { edgeInside } from '../../model/edge-inside.ts';
import { image } from '../../model/image.ts';
import { network } from '../../model/network.ts';
import { service } from '../../model/service.ts';
import type { ServiceSpec } from '../../model/spec/service-spec.ts';
import { system } from '../../model/system.ts';
import { resourcesOf } from '../../model/system-model.ts';
import { edge } from '../../parts/edge.ts';
import type { InstanceDesire, Upstream } from '../../ports/desires.ts';
import type { Desired, Seen } from '../../ports/provider.ts';
import { caddyRouter } from '../../providers/caddy/router.ts';
import { backend } from '../../providers/caddy/testing/backend.ts';
import { connectDocker, dockerInstances, insideDocker } from '../../providers/docker/index.ts';
import { shopImages } from './shop-images.ts';

const port = 8080;

/** One edge on a network of its own, with backends that come and go. */
export async function edgeGround() {
  const scope = { system: `hfedge-${randomId()}`, environment: 'test' };
  const host = await connectDocker();
  const { docker } = host;
  const provider = dockerInstances(host, scope, { reveal: value => String(value) });
  const instances = insideDocker(host, scope);
  const images = await shopImages(scope.system, 'door', 'app');
  const net = await docker.createNetwork({ Name: scope.system });
  const made: Seen[] = [];

  const start = async (name: string, spec: InstanceDesire): Promise<Seen> => {
    const uid = randomId();
    const desired: Desired<InstanceDesire> = {
      address: `instance/${name}`,
      kind: 'instance',
      engine: 'default',
      uid,
      name: `${scope.system}-${name}-${uid}`,
      spec: { ...spec, hostname: name, networks: [{ name: scope.system, aliases: [name] }] },
    };
    const seen = await provider.ensure(desired, undefined, AbortSignal.timeout(30_000));
    made.push(seen);
    return seen;
  };

  const door = await start('door', desireOf(images.door, declaredEdge()));
  const { host: address } = await instances.reach(door, 80);
  await until(() => fetch(`http://${address}:${edgeInside.statusPort}/current/config`).then(({ ok }) => ok));

  return {
    door,
    instances,
    router: caddyRouter(instances),
    at: { host: address, port: 80, name: 'shop.test' },

    /** A backend that answers with its name, and how the edge reaches it. So many may wait to be accepted. */
    async backend(name: string, { backlog = 511 } = {}): Promise<{ seen: Seen; upstream: Upstream }> {
      const seen = await start(name, desireOf(images.app, backendSpec(name, backlog)));
      const { host: own } = await instances.reach(seen, port);
      await until(() => fetch(`http://${own}:${port}/`).then(({ ok }) => ok));
      return { seen, upstream: `${name}:${port}` };
    },

    kill: (seen: Seen) => docker.getContainer(seen.id).kill(),
    pause: (seen: Seen) => docker.getContainer(seen.id).pause(),
    unpause: (seen: Seen) => docker.getContainer(seen.id).unpause(),
    restart: (seen: Seen) => docker.getContainer(seen.id).restart(),

    async [Symbol.asyncDispose]() {
      await Promise.all(made.map(({ id }) => docker.getContainer(id).remove({ force: true, v: true })));
      await net.remove();
      for (const image of Object.values(images)) await docker.getImage(image).remove();
    },
  };
}

/** What `edge()` declares, as the engine would hand it to a provider. */
function declaredEdge(): ServiceSpec {
  const model = system('shop', () => {
    const [lan, base] = [network('lan'), image('base', { archive: './base.tar' })];
    const web = service('web', { image: base, network: lan, ports: { http: port } });
    edge('door', { image: base, network: lan, routes: { 'shop.test': web.port('http') }, drain: '5s' });
  });
  return resourcesOf(model, 'service').find(({ name }) => name === 'door')?.spec as ServiceSpec;
}

const backendSpec = (name: string, backlog: number): Spec => ({
  command: ['node', '-e', backend],
  env: { NAME: name, BACKLOG: String(backlog) },
  files: {},
  limits: { processes: 100 },
  capabilities: [],
  stopGrace: 1_000,
});

type Told = 'env' | 'files' | 'limits' | 'capabilities' | 'stopGrace';
type Spec = Pick<ServiceSpec, Told> & Partial<Omit<ServiceSpec, Told>>;

const desireOf = (image: string, spec: Spec): InstanceDesire => ({
  runs: 'always',
  image,
  networks: [],
  hostname: '',
  ...(spec.entrypoint && { entrypoint: spec.entrypoint }),
  ...(spec.command && { command: spec.command }),
  ...(spec.user && { user: spec.user }),
  env: mapped(spec.env, value => ({ value })),
  files: mapped(spec.files, file => ({ ...file, content: { value: file.content } })),
  mounts: {},
  ports: [],
  publish: [],
  limits: spec.limits,
  restart: 'always',
  readOnly: false,
  capabilities: spec.capabilities,
  stopGrace: spec.stopGrace,
});

const mapped = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

export async function until(holds: () => Promise<boolean>, patience = 15_000): Promise<void> {
  const end = performance.now() + patience;
  while (!(await holds().catch(() => false))) {
    if (performance.now() > end) throw new Error(`not so within ${patience} ms: ${holds}`);
    await sleep(50);
  }
}
